using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Framing;

/// <summary>
/// The largest object on a plain background: the background is the colour of the picture's border, the object the largest connected
/// region that differs from it by more than Otsu's threshold (1979), and the square its bounding box with a margin.
/// </summary>
internal sealed class ObjectFraming : IPictureFraming
{
    private const double Margin = 0.05; // of the object's longer side, on each side
    private const int PlainSpread = 40; // of 255, the most that three quarters of the border may differ from its median; an object may touch it
    private const int LeastContrast = 12;
    private const double LeastArea = 0.005;
    private const int WorkingSide = 320;

    public string? Refuse(DecodedImage picture, Func<int, DecodedImage> decode) => PictureShape.Reject(picture.SourceWidth, picture.SourceHeight);

    public PictureFrame Find(RgbImage picture)
    {
        var factor = Math.Min(Math.Max(1, Math.Max(picture.Width, picture.Height) / WorkingSide), Math.Min(picture.Width, picture.Height));
        var small = BoxFilter.Shrink(picture, factor);
        var border = Border(small);
        if (border.Spread > PlainSpread)
        {
            return PictureFrame.None(
                $"no plain background: the border's pixels differ by {border.Spread} of 255 from their median, up to {PlainSpread} is allowed");
        }

        var distances = border.DistancesIn(small);
        var threshold = Math.Max(Otsu(distances), Math.Max(LeastContrast, 2 * border.Spread + 2));
        var found = Foreground.Above(distances, small.Width, small.Height, threshold, largestOnly: true);
        return found.Area < LeastArea * distances.Length
            ? PictureFrame.None($"no object: {found.Area / (double)distances.Length:P1} of the picture differs from its background, {LeastArea:P1} is needed")
            : Around(picture, found, factor, border);
    }

    private static PictureFrame Around(RgbImage picture, Foreground found, int factor, Surround background)
    {
        var (width, height) = (factor * (found.Right - found.Left), factor * (found.Bottom - found.Top));
        var side = (1 + 2 * Margin) * Math.Max(width, height);
        var left = Placed(factor * (found.Left + found.Right) / 2.0 - side / 2, side, picture.Width);
        var top = Placed(factor * (found.Top + found.Bottom) / 2.0 - side / 2, side, picture.Height);
        return new PictureFrame(side, (whole, size) => Cut(whole, left, top, side, size, background));
    }

    /// <summary>A square that would reach over one edge is moved back into the picture where it has room.</summary>
    private static double Placed(double start, double side, int length) => side >= length ? (length - side) / 2 : Math.Clamp(start, 0, length - side);

    private static byte[] Cut(RgbImage picture, double left, double top, double side, int size, Surround background)
    {
        var output = AreaResampler.Resize(picture, left, top, side, size);
        for (var i = 0; i < size * size; i++)
        {
            var (x, y) = (left + (i % size + 0.5) * side / size, top + (i / size + 0.5) * side / size);
            if (x >= 0 && x < picture.Width && y >= 0 && y < picture.Height) continue;
            (output[i * 3], output[i * 3 + 1], output[i * 3 + 2]) = ((byte)background.Red, (byte)background.Green, (byte)background.Blue);
        }

        return output;
    }

    /// <summary>The median colour of the frame of a thirty-second of the shorter side, and how far three quarters of its pixels are from it at most.</summary>
    private static Surround Border(RgbImage image)
    {
        var width = Math.Max(1, Math.Min(image.Width, image.Height) / 32);
        var channels = new[] { new List<int>(), new List<int>(), new List<int>() };
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            var (x, y) = (i % image.Width, i / image.Width);
            if (x >= width && x < image.Width - width && y >= width && y < image.Height - width) continue;
            for (var c = 0; c < 3; c++) channels[c].Add(image.Pixels[i * 3 + c]);
        }

        var median = channels.Select(channel => channel.Order().ElementAt(channel.Count / 2)).ToArray();
        int[] far = [.. Enumerable.Range(0, channels[0].Count).Select(i => Enumerable.Range(0, 3).Max(c => Math.Abs(channels[c][i] - median[c]))).Order()];
        return new Surround(median[0], median[1], median[2], far[far.Length * 3 / 4]);
    }

    /// <summary>The threshold from which on values are the upper of two classes, so chosen that the variance between them is largest.</summary>
    private static int Otsu(ReadOnlySpan<byte> values)
    {
        Span<long> counts = stackalloc long[256];
        foreach (var value in values) counts[value]++;
        var (total, below, sumBelow, best, threshold) = (0.0, 0L, 0.0, -1.0, 1);
        for (var value = 0; value < 256; value++) total += (double)value * counts[value];
        for (var value = 1; value < 256; value++)
        {
            below += counts[value - 1];
            sumBelow += (value - 1.0) * counts[value - 1];
            var above = values.Length - below;
            if (below == 0 || above == 0) continue;
            var difference = sumBelow / below - (total - sumBelow) / above;
            if ((double)below * above * difference * difference is var between && between > best) (best, threshold) = (between, value);
        }

        return threshold;
    }
}
