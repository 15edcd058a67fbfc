using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Retina;

/// <summary>
/// Tells pictures that cannot be fundus photographs. Conservative: bad photographs (dark, blurred, stamped, with a cast) pass,
/// quality studies need them.
/// </summary>
public static class FundusCheck
{
    private const int SampledPixels = 50_000;
    private const int MinSide = 24;
    private const double MaxAspect = 3;
    private const int UniformRange = 10;
    private const double MinCoverage = 0.04;
    private const int BlueExcess = 25;
    private const int WarmExcess = 10;

    /// <summary>Why the picture's size rules it out, in one line; null when it does not.</summary>
    public static string? RejectSize(int width, int height)
    {
        if (Math.Min(width, height) < MinSide) return $"not fundus-like: {width}×{height} pixels, at least {MinSide} a side are needed";
        var aspect = Math.Max(width, height) / (double)Math.Min(width, height);
        return aspect > MaxAspect ? $"not fundus-like: {width}×{height} pixels, one side is more than {MaxAspect} times the other" : null;
    }

    /// <summary>Why the picture's contents rule it out, in one line; null when they do not.</summary>
    public static string? Reject(RgbImage image, FieldOfView field)
    {
        ArgumentNullException.ThrowIfNull(image);
        Span<int> histogram = stackalloc int[256];
        var (red, green, blue, count, pixels) = (0L, 0L, 0L, 0L, 0);
        var step = Math.Max(1, image.Pixels.Length / 3 / SampledPixels) * 3;
        for (var i = 0; i < image.Pixels.Length; i += step, pixels++)
        {
            var (r, g, b) = (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]);
            histogram[Math.Max(r, Math.Max(g, b))]++;
            if (Math.Max(r, Math.Max(g, b)) < 16) continue;
            (red, green, blue, count) = (red + r, green + g, blue + b, count + 1);
        }

        var range = Quantile(histogram, pixels, 0.99) - Quantile(histogram, pixels, 0.01);
        if (range < UniformRange) return $"not fundus-like: nearly uniform (brightness varies by {range} of 255)";
        if (field.Disc.Kind == DiscKind.Other && field.Coverage < MinCoverage)
            return $"not fundus-like: no disc, {field.Coverage:P1} of the picture differs from its surround";
        if (field.Disc.Kind == DiscKind.Other && !field.DarkSurround && red < blue + WarmExcess * count)
            return "not fundus-like: a bright surround, no disc in it and no red";
        return count > 0 && blue > red + BlueExcess * count && blue > green + BlueExcess / 2 * count
            ? $"not fundus-like: blue outweighs red (mean {blue / count} against {red / count})"
            : null;
    }

    private static int Quantile(ReadOnlySpan<int> histogram, int count, double share)
    {
        var below = 0;
        for (var value = 0; value < 256; value++)
        {
            below += histogram[value];
            if (below > share * count) return value;
        }

        return 255;
    }
}
