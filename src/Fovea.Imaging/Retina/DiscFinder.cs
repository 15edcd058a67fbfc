using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Retina;

/// <summary>
/// Finds the retina disc: the surround's colour from the corners, the region that differs from it, and the circle through that
/// region's edge.
/// </summary>
public static class DiscFinder
{
    private const int WorkingSide = 320;
    private const int SmallestSide = 8;
    private const double CutLimit = 0.03;
    private const double FrameMargin = 0.03;
    private const double MinSupport = 0.2;
    private const double MaxReach = 1.12;

    /// <summary>Finds the disc in an upright picture of any size.</summary>
    public static FieldOfView Find(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var factor = Math.Max(1, Math.Max(image.Width, image.Height) / WorkingSide);
        factor = Math.Min(factor, Math.Min(image.Width, image.Height));
        return FindAt(BoxFilter.Shrink(image, factor)).Scale(factor);
    }

    private static FieldOfView FindAt(RgbImage image)
    {
        if (Math.Min(image.Width, image.Height) < SmallestSide || Surround.Find(image) is not { } surround) return InnerCrop(image.Width, image.Height, 1);
        var distances = surround.DistancesIn(image);
        FieldOfView? best = null;
        foreach (var threshold in Thresholds(distances, surround))
        {
            var field = At(distances, image.Width, image.Height, threshold, surround);
            if (best is null || field.Support > best.Value.Support + 0.05) best = field;
            if (best.Value.Support > 0.6) break;
        }

        return best!.Value;
    }

    /// <summary>
    /// Lowest first: the edge of the field of view is far darker than its middle, so a low threshold is the exact one, unless
    /// glow or noise of the surround reaches above it.
    /// </summary>
    private static int[] Thresholds(byte[] distances, Surround surround)
    {
        Span<int> counts = stackalloc int[256];
        foreach (var distance in distances) counts[distance]++;
        var bright = 255;
        for (var above = counts[255]; bright > 0 && above < distances.Length / 10; above += counts[bright]) bright--;
        var floor = Math.Max(6, surround.Spread * 2 + 2);
        return [Math.Max(floor, bright / 12), Math.Max(floor, bright / 7), Math.Max(floor, bright / 4)];
    }

    private static FieldOfView At(byte[] distances, int width, int height, int threshold, Surround surround)
    {
        var region = Foreground.Above(distances, width, height, threshold);
        var coverage = region.Area / (double)distances.Length;
        if (coverage > 0.985) return InnerCrop(width, height, coverage);
        var shorter = Math.Min(width, height);
        var edges = region.Edges();
        if (region.Area == 0 || CircleFit.Find(edges, 0.2 * shorter, 0.9 * Math.Max(width, height)) is not { } circle)
            return Other(region, width, height, coverage, surround);
        var support = CircleFit.Support(edges, circle);
        if (support < MinSupport)
            return coverage > 0.93 ? InnerCrop(width, height, coverage) : Other(region, width, height, coverage, surround) with { Support = support };
        return Classify(region, circle, support, coverage, surround);
    }

    private static FieldOfView Classify(Foreground region, Circle circle, double support, double coverage, Surround surround)
    {
        var margin = FrameMargin * circle.Radius;
        var wholeAcross = circle.X - circle.Radius >= -margin && circle.X + circle.Radius <= region.Width + margin;
        var wholeDown = circle.Y - circle.Radius >= -margin && circle.Y + circle.Radius <= region.Height + margin;
        // Only corners of the surround are seen: the picture is a piece from within the disc, however well a circle fits.
        if (!wholeAcross && !wholeDown && coverage > 0.85) return InnerCrop(region.Width, region.Height, coverage) with { Support = support };
        // A circle that reaches beyond the retina both across and down fits an arc, not the disc: a mosaic, a distorted picture.
        if (2 * circle.Radius > MaxReach * Math.Max(region.Right - region.Left, region.Bottom - region.Top))
            return Other(region, region.Width, region.Height, coverage, surround) with { Support = support };
        var cut = Math.Max(
            Math.Max(region.Left - (circle.X - circle.Radius), circle.X + circle.Radius - region.Right),
            Math.Max(region.Top - (circle.Y - circle.Radius), circle.Y + circle.Radius - region.Bottom));
        var kind = cut > CutLimit * circle.Radius ? DiscKind.Truncated : DiscKind.Circle;
        return new FieldOfView(
            new RetinaDisc(kind, circle.X, circle.Y, circle.Radius),
            region.Left, region.Top, region.Right, region.Bottom, surround.IsBlack, support, coverage);
    }

    private static FieldOfView InnerCrop(int width, int height, double coverage) => new(
        new RetinaDisc(DiscKind.InnerCrop, width / 2.0, height / 2.0, Math.Min(width, height) / 2.0),
        0, 0, width, height, DarkSurround: true, Support: 0, coverage);

    private static FieldOfView Other(Foreground region, int width, int height, double coverage, Surround surround)
    {
        var (left, top, right, bottom) = region.Area > 0 ? (region.Left, region.Top, region.Right, region.Bottom) : (0, 0, width, height);
        return new FieldOfView(
            new RetinaDisc(DiscKind.Other, (left + right) / 2.0, (top + bottom) / 2.0, Math.Max(right - left, bottom - top) / 2.0),
            left, top, right, bottom, surround.IsBlack, Support: 0, coverage);
    }
}
