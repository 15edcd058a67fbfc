namespace Fovea.Torch.Safetensors;

/// <summary>Names from a file that may be hostile, in messages of one line.</summary>
internal static class Shown
{
    private const int Longest = 100;

    internal static string Name(string name)
    {
        var cut = name.Length <= Longest ? name : name[..Longest] + "…";
        return string.Concat(cut.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c));
    }
}
