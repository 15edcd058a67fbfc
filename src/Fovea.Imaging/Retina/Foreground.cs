using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Retina;

/// <summary>
/// The pixels that differ from the surround: the largest connected region and others nearly as large (a dark band may split the
/// disc); date stamps and dust are left out.
/// </summary>
internal sealed class Foreground
{
    private const int LargestToKept = 6;
    private readonly byte[] _distances;
    private readonly int[] _firstInRow;
    private readonly int[] _endInRow;
    private readonly int[] _firstInColumn;
    private readonly int[] _endInColumn;

    private Foreground(byte[] distances, int width, int height, int threshold, List<PixelRun> runs)
    {
        (_distances, Width, Height, Threshold) = (distances, width, height, threshold);
        (_firstInRow, _endInRow, _firstInColumn, _endInColumn) = (new int[height], new int[height], new int[width], new int[width]);
        foreach (var run in runs)
        {
            if (_endInRow[run.Y] == 0) _firstInRow[run.Y] = run.Start;
            _endInRow[run.Y] = run.End;
            _endInColumn.AsSpan(run.Start, run.Length).Fill(run.Y + 1);
            Area += run.Length;
        }

        for (var i = runs.Count - 1; i >= 0; i--) _firstInColumn.AsSpan(runs[i].Start, runs[i].Length).Fill(runs[i].Y);
        (Left, Right) = (Array.FindIndex(_endInColumn, end => end > 0), Array.FindLastIndex(_endInColumn, end => end > 0) + 1);
        (Top, Bottom) = (Array.FindIndex(_endInRow, end => end > 0), Array.FindLastIndex(_endInRow, end => end > 0) + 1);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The channel difference from which a pixel counts.</summary>
    public int Threshold { get; }

    /// <summary>Number of pixels; 0 when nothing differs from the surround, and then the bounds mean nothing.</summary>
    public int Area { get; }

    /// <summary>First column.</summary>
    public int Left { get; }

    /// <summary>First row.</summary>
    public int Top { get; }

    /// <summary>Column after the last.</summary>
    public int Right { get; }

    /// <summary>Row after the last.</summary>
    public int Bottom { get; }

    /// <summary>The foreground of a picture given how far each pixel is from the surround.</summary>
    public static Foreground Above(byte[] distances, int width, int height, int threshold, bool largestOnly = false)
    {
        var runs = PixelRun.Find(distances, width, height, (byte)threshold);
        var areas = new int[runs.Count];
        var regions = PixelRun.Connect(runs, height);
        for (var i = 0; i < runs.Count; i++) areas[regions[i]] += runs[i].Length;
        var least = areas.Length > 0 ? areas.Max() / (double)(largestOnly ? 1 : LargestToKept) : 0;
        return new Foreground(distances, width, height, threshold, [.. runs.Where((_, i) => areas[regions[i]] >= least)]);
    }

    /// <summary>
    /// Where rows and columns enter and leave the region, in pixels (fraction by linear interpolation); ends at the picture's
    /// frame are left out.
    /// </summary>
    public List<EdgePoint> Edges()
    {
        var edges = new List<EdgePoint>(2 * (Width + Height));
        for (var y = 0; y < Height; y++)
        {
            var (first, last) = (_firstInRow[y], _endInRow[y] - 1);
            if (last < 0) continue;
            if (first > 0) edges.Add(new EdgePoint(first - 0.5 + Fraction(y * Width + first - 1, y * Width + first), y + 0.5));
            if (last < Width - 1) edges.Add(new EdgePoint(last + 1.5 - Fraction(y * Width + last + 1, y * Width + last), y + 0.5));
        }

        for (var x = 0; x < Width; x++)
        {
            var (first, last) = (_firstInColumn[x], _endInColumn[x] - 1);
            if (last < 0) continue;
            if (first > 0) edges.Add(new EdgePoint(x + 0.5, first - 0.5 + Fraction((first - 1) * Width + x, first * Width + x)));
            if (last < Height - 1) edges.Add(new EdgePoint(x + 0.5, last + 1.5 - Fraction((last + 1) * Width + x, last * Width + x)));
        }

        return edges;
    }

    /// <summary>Where between two neighbours the threshold is crossed: 0 at the outer pixel's centre, 1 at the inner one's.</summary>
    private double Fraction(int outer, int inner)
    {
        var (low, high) = (_distances[outer], _distances[inner]);
        return high > low ? Math.Clamp((Threshold - low) / (double)(high - low), 0, 1) : 0.5;
    }
}

/// <summary>Neighbouring pixels of one row that belong together.</summary>
/// <param name="Y">The row.</param>
/// <param name="Start">The first column.</param>
/// <param name="End">The column after the last.</param>
internal readonly record struct PixelRun(int Y, int Start, int End)
{
    public int Length => End - Start;

    /// <summary>The runs of values from <paramref name="threshold"/> up, row by row, left to right.</summary>
    public static List<PixelRun> Find(ReadOnlySpan<byte> values, int width, int height, byte threshold)
    {
        var runs = new List<PixelRun>(height * 2);
        for (var y = 0; y < height; y++)
        {
            var row = values.Slice(y * width, width);
            for (var x = 0; x < width;)
            {
                var start = row[x..].IndexOfAnyInRange(threshold, byte.MaxValue);
                if (start < 0) break;
                start += x;
                var length = row[start..].IndexOfAnyExceptInRange(threshold, byte.MaxValue);
                x = length < 0 ? width : start + length;
                runs.Add(new PixelRun(y, start, x));
            }
        }

        return runs;
    }

    /// <summary>For each run the number of the first run that it is connected to (4-neighbourhood).</summary>
    public static int[] Connect(List<PixelRun> runs, int height)
    {
        var groups = new DisjointSets(runs.Count);
        var (above, aboveEnd, at) = (0, 0, 0);
        for (var y = 0; y < height; y++)
        {
            var start = at;
            while (at < runs.Count && runs[at].Y == y)
            {
                while (above < aboveEnd && runs[above].End <= runs[at].Start) above++;
                for (var i = above; i < aboveEnd && runs[i].Start < runs[at].End; i++) groups.Join(i, at);
                at++;
            }

            (above, aboveEnd) = (start, at);
        }

        return [.. Enumerable.Range(0, runs.Count).Select(groups.Of)];
    }
}

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
