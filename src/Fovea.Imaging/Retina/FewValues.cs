using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Retina;

/// <summary>
/// Tells masks and drawings, which show a few flat colours, from photographs, whose colours run into each other. A flat colour
/// is one that many pixels have exactly, but for what a lossy format does to it, and that lies far from every other one.
/// </summary>
/// <remarks>
/// Measured on 6,875 photographs of which some are bad on purpose: flat colours covered at most 85 % of one, the commonest
/// colour at most 63 %. Masks of the field of view, also as JPEG of quality 40 or halved in size: 96 % and more. Vessel masks
/// blur most; their commonest colour covered 76 % and more, and what is not of it is mostly of the opposite brightness.
/// </remarks>
public static class FewValues
{
    private const int SampledPixels = 16_384;
    private const int Same = 4;
    private const int Apart = 40;
    private const int Opposite = 128;
    private const int MostColours = 8;
    private const double LeastOfColour = 0.001;
    private const double LeastCoverage = 0.93;
    private const double LeastOfOthers = 0.6;
    private const double LeastOfGround = 0.75;
    private const double LeastOpposite = 0.25;

    /// <summary>
    /// Whether a picture that was made smaller, where thin lines blur, may show few values at full size: it is grey, or much
    /// of it is of one brightness or of few.
    /// </summary>
    public static bool MayShow(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var histogram = new int[256];
        var (pixels, coloured) = (0, 0);
        var step = StepOf(image);
        for (var i = 0; i < image.Pixels.Length; i += step, pixels++)
        {
            var (r, g, b) = (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]);
            var brightness = Math.Max(r, Math.Max(g, b));
            histogram[brightness]++;
            if (brightness - Math.Min(r, Math.Min(g, b)) > Same) coloured++;
        }

        if (coloured <= LeastOfColour * pixels) return true;
        var covered = 0;
        for (var k = 0; k < MostColours; k++)
        {
            covered += TakeCommonest(histogram);
            if (k == 0 && covered > pixels / 2) return true;
        }

        return covered > 0.8 * pixels;
    }

    /// <summary>Why a picture at full size is a mask or a drawing, in one line; null when it is none.</summary>
    public static string? Reject(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var colours = Count(image);
        var pixels = colours.Sum(colour => colour.Count);
        var flat = new List<int>();
        foreach (var (colour, count) in colours)
        {
            if (flat.Count == MostColours || (flat.Count > 0 && count < LeastOfColour * pixels)) break;
            if (flat.TrueForAll(other => Distance(other, colour) >= Apart)) flat.Add(colour);
        }

        if (flat.Count < 2) return null;
        var ground = Near(flat[0]);
        var covered = flat.Sum(Near);
        if (covered >= LeastCoverage && covered - ground >= LeastOfOthers * (1 - ground))
            return $"not a photograph: {covered:P0} of the picture has only {flat.Count} values, as a mask or a drawing";
        var opposite = Share(colour => Distance(colour, flat[0]) > Opposite);
        return ground >= LeastOfGround && opposite >= LeastOpposite * Share(colour => Distance(colour, flat[0]) > 3 * Same)
            ? $"not a photograph: {ground:P0} of the picture has one value and most of the rest the opposite one, as a mask or a drawing"
            : null;

        double Near(int centre) => Share(colour => Distance(colour, centre) <= Same);
        double Share(Func<int, bool> counts) => colours.Where(colour => counts(colour.Colour)).Sum(colour => (double)colour.Count) / pixels;
    }

    /// <summary>The colours of sampled pixels (red, green and blue from the highest byte down), commonest first.</summary>
    private static List<(int Colour, int Count)> Count(RgbImage image)
    {
        var step = StepOf(image);
        var keys = new int[(image.Pixels.Length + step - 1) / step];
        for (int k = 0, i = 0; k < keys.Length; k++, i += step) keys[k] = image.Pixels[i] << 16 | image.Pixels[i + 1] << 8 | image.Pixels[i + 2];
        Array.Sort(keys);
        var colours = new List<(int Colour, int Count)>();
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start];) end++;
            colours.Add((keys[start], end - start));
        }

        colours.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Colour.CompareTo(b.Colour));
        return colours;
    }

    private static int StepOf(RgbImage image)
    {
        var step = Math.Max(1, image.Pixels.Length / 3 / SampledPixels);
        // A step that divides the width would look at a few columns only.
        while (step > 1 && image.Width % step == 0) step--;
        return step * 3;
    }

    /// <summary>The pixels within a few levels of the commonest one, which are taken out of the histogram.</summary>
    private static int TakeCommonest(int[] histogram)
    {
        var commonest = Array.IndexOf(histogram, histogram.Max());
        var taken = 0;
        for (var level = Math.Max(0, commonest - Same); level <= Math.Min(255, commonest + Same); level++)
        {
            (taken, histogram[level]) = (
                taken + histogram[level], 0);
        }

        return taken;
    }

    private static int Distance(int a, int b) =>
        Math.Max(Math.Abs((a >> 16) - (b >> 16)), Math.Max(Math.Abs((a >> 8 & 255) - (b >> 8 & 255)), Math.Abs((a & 255) - (b & 255))));
}
