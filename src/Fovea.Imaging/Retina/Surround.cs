using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Retina;

/// <summary>The colour outside the camera's field of view, as the picture's corners show it.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
/// <param name="Spread">How far the corner pixels are from that colour (90th percentile of the largest channel difference).</param>
internal readonly record struct Surround(int Red, int Green, int Blue, int Spread)
{
    private const int DarkLimit = 40;
    private const int AgreementLimit = 20;
    private const int NeutralLimit = 24;

    /// <summary>True when nothing has to be blacked out but noise.</summary>
    public bool IsBlack => Math.Max(Red, Math.Max(Green, Blue)) < DarkLimit;

    /// <summary>
    /// The colour that at least two corners share, if it is dark or a neutral grey; null when the corners show retina.
    /// A stamp in one corner is outvoted.
    /// </summary>
    public static Surround? Find(RgbImage image)
    {
        var side = Math.Max(2, Math.Min(image.Width, image.Height) / 32);
        var corners = new[] { (0, 0), (image.Width - side, 0), (0, image.Height - side), (image.Width - side, image.Height - side) }
            .Select(at => Median(image, at.Item1, at.Item2, side)).ToArray();
        Surround? best = null;
        var bestVotes = 1;
        foreach (var corner in corners)
        {
            var votes = corners.Count(other => other.Spread < 40 && Distance(corner, other) <= AgreementLimit);
            var neutral = Math.Max(corner.Red, Math.Max(corner.Green, corner.Blue)) - Math.Min(corner.Red, Math.Min(corner.Green, corner.Blue)) <= NeutralLimit;
            if (!(corner.IsBlack || neutral) || corner.Spread > 40) continue;
            // Of equally shared colours the flattest: a dark corner of retina is never as flat as a surround.
            if (votes > bestVotes || (votes == bestVotes && best is { } b && corner.Spread < b.Spread)) (best, bestVotes) = (corner, votes);
        }

        return best;
    }

    /// <summary>The largest channel difference of each pixel from this colour.</summary>
    public byte[] DistancesIn(RgbImage image)
    {
        var distances = new byte[image.Width * image.Height];
        ReadOnlySpan<byte> pixels = image.Pixels;
        var (red, green, blue) = (Red, Green, Blue);
        for (var i = 0; i < distances.Length; i++)
        {
            var distance = Math.Max(Math.Abs(pixels[2] - blue), Math.Max(Math.Abs(pixels[1] - green), Math.Abs(pixels[0] - red)));
            distances[i] = (byte)distance;
            pixels = pixels[3..];
        }

        return distances;
    }

    private static int Distance(Surround a, Surround b) =>
        Math.Max(Math.Abs(a.Red - b.Red), Math.Max(Math.Abs(a.Green - b.Green), Math.Abs(a.Blue - b.Blue)));

    private static Surround Median(RgbImage image, int left, int top, int side)
    {
        var channels = new[] { new int[side * side], new int[side * side], new int[side * side] };
        for (var i = 0; i < side * side; i++)
        {
            var at = ((top + i / side) * image.Width + left + i % side) * 3;
            for (var c = 0; c < 3; c++) channels[c][i] = image.Pixels[at + c];
        }

        foreach (var channel in channels) Array.Sort(channel);
        var middle = new Surround(channels[0][side * side / 2], channels[1][side * side / 2], channels[2][side * side / 2], 0);
        var spread = 0;
        foreach (var channel in channels)
        {
            var median = channel[side * side / 2];
            spread = Math.Max(spread, Math.Max(channel[side * side * 9 / 10] - median, median - channel[side * side / 10]));
        }

        return middle with { Spread = spread };
    }
}
