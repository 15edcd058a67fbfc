namespace Fovea.Models.Blocks;

/// <summary>The number of groups of a GroupNorm: the largest divisor of the channel count up to 8 that leaves at least 4 channels each.</summary>
internal static class NormGroups
{
    internal static int For(int channels)
    {
        for (var groups = 8; groups > 1; groups--)
            if (channels % groups == 0 && channels / groups >= 4)
                return groups;
        return 1;
    }
}
