using Fovea.Imaging.Grids;

namespace Fovea.Metrics.Fundus;

/// <summary>
/// The pixels that a fixed filter takes for vessels: as many as there are in a mask, those with the highest <see cref="Vesselness"/> within the retina. A
/// threshold that follows the mask's size finds as much in a pale picture as in a clear one, so that what is compared is where vessels are and not how dark.
/// </summary>
public static class VesselSearch
{
    /// <summary>The part of a pixel that must be vessel to count.</summary>
    public const double LeastCover = 0.5;

    /// <summary>How far the vessels that are found in an image are those of a mask.</summary>
    /// <param name="image">The image, square.</param>
    /// <param name="cover">[side, side]: how much of each pixel is vessel, 255 for all of it.</param>
    public static FollowedMask Compare(RgbImage image, ReadOnlySpan<byte> cover) => Prepare(image).Compare(cover);

    /// <summary>Filters an image once, for several masks.</summary>
    public static FilteredImage Prepare(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var mask = RetinaMask.Find(image);
        return new FilteredImage(mask, Vesselness.Measure(image, mask));
    }
}

/// <summary>An image with its vesselness.</summary>
public sealed class FilteredImage
{
    private readonly RetinaMask _retina;
    private readonly double[] _vesselness;
    private readonly int[] _order;

    internal FilteredImage(RetinaMask retina, double[] vesselness)
    {
        (_retina, _vesselness) = (retina, vesselness);
        // By place where two are equal: the same picture always gives the same pixels.
        _order = [.. Enumerable.Range(0, vesselness.Length).Where(k => retina.Inside[k] && vesselness[k] > 0).OrderByDescending(k => _vesselness[k])
            .ThenBy(k => k)];
    }

    /// <summary>How far the vessels of this image are those of a mask, within the retina that is seen in it.</summary>
    /// <param name="cover">[side, side]: how much of each pixel is vessel, 255 for all of it.</param>
    public FollowedMask Compare(ReadOnlySpan<byte> cover)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cover.Length, _vesselness.Length, nameof(cover));
        var wanted = new bool[cover.Length];
        for (var k = 0; k < wanted.Length; k++) wanted[k] = _retina.Inside[k] && cover[k] >= VesselSearch.LeastCover * byte.MaxValue;
        var found = new bool[cover.Length];
        foreach (var k in _order.Take(wanted.Count(pixel => pixel))) found[k] = true;
        return new FollowedMask(MaskOverlap.Dice(found, wanted), MaskOverlap.CentreLineDice(found, wanted, _retina.Width), found);
    }
}

/// <summary>How far an image follows a mask.</summary>
/// <param name="Dice">Dice's coefficient; NaN for a mask without a pixel within the retina.</param>
/// <param name="CentreLineDice">clDice; NaN for such a mask.</param>
/// <param name="Found">[side, side]: the pixels that were taken for vessels.</param>
public sealed record FollowedMask(double Dice, double CentreLineDice, IReadOnlyList<bool> Found);
