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
    public static Foreground Above(byte[] distances, int width, int height, int threshold)
    {
        var runs = PixelRun.Find(distances, width, height, (byte)threshold);
        var areas = new int[runs.Count];
        var regions = PixelRun.Connect(runs, height);
        for (var i = 0; i < runs.Count; i++) areas[regions[i]] += runs[i].Length;
        var least = areas.Length > 0 ? areas.Max() / (double)LargestToKept : 0;
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
