using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Retina;

/// <summary>
/// The pixels that differ from the surround: the largest connected region and others nearly as large (a dark band may split the
/// disc); date stamps and dust are left out.
/// </summary>
internal sealed class Foreground
{
    private readonly byte[] _distances;
    private readonly bool[] _inside;

    private Foreground(byte[] distances, bool[] inside, int width, int height, int threshold)
    {
        (_distances, _inside, Width, Height, Threshold) = (distances, inside, width, height, threshold);
        (Left, Top, Right, Bottom) = (width, height, 0, 0);
        for (var i = 0; i < inside.Length; i++)
        {
            if (!inside[i]) continue;
            Area++;
            Left = Math.Min(Left, i % width);
            Right = Math.Max(Right, i % width + 1);
            Top = Math.Min(Top, i / width);
            Bottom = Math.Max(Bottom, i / width + 1);
        }
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

    public bool this[int x, int y] => _inside[y * Width + x];

    /// <summary>How far each pixel is from the surround, clipped at 255.</summary>
    public static byte[] Distances(RgbImage image, Surround surround)
    {
        var distances = new byte[image.Width * image.Height];
        for (var i = 0; i < distances.Length; i++) distances[i] = (byte)surround.DistanceOf(image.Pixels.AsSpan(i * 3, 3));
        return distances;
    }

    public static Foreground Above(byte[] distances, int width, int height, int threshold)
    {
        var regions = new int[distances.Length];
        var areas = new List<int> { 0 };
        var queue = new int[distances.Length];
        for (var seed = 0; seed < distances.Length; seed++)
        {
            if (regions[seed] == 0 && distances[seed] >= threshold)
                areas.Add(Flood(distances, regions, queue, width, seed, areas.Count, threshold));
        }

        var largest = areas.Max();
        var inside = new bool[distances.Length];
        for (var i = 0; i < inside.Length; i++) inside[i] = regions[i] > 0 && areas[regions[i]] * 6L >= largest;
        return new Foreground(distances, inside, width, height, threshold);
    }

    /// <summary>
    /// Where rows and columns enter and leave the region, in pixels (fraction by linear interpolation); ends at the picture's
    /// frame are left out.
    /// </summary>
    public List<EdgePoint> Edges()
    {
        var edges = new List<EdgePoint>();
        for (var y = Top; y < Bottom; y++)
        {
            var (first, last) = (0, Width - 1);
            while (first < Width && !this[first, y]) first++;
            if (first == Width) continue;
            while (!this[last, y]) last--;
            if (first > 0) edges.Add(new EdgePoint(first - 0.5 + Fraction(y * Width + first - 1, y * Width + first), y + 0.5));
            if (last < Width - 1) edges.Add(new EdgePoint(last + 1.5 - Fraction(y * Width + last + 1, y * Width + last), y + 0.5));
        }

        for (var x = Left; x < Right; x++)
        {
            var (first, last) = (0, Height - 1);
            while (first < Height && !this[x, first]) first++;
            if (first == Height) continue;
            while (!this[x, last]) last--;
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

    private static int Flood(byte[] distances, int[] regions, int[] queue, int width, int seed, int region, int threshold)
    {
        var (head, tail) = (0, 0);
        queue[tail++] = seed;
        regions[seed] = region;
        while (head < tail)
        {
            var at = queue[head++];
            var x = at % width;
            if (x > 0) Visit(at - 1);
            if (x < width - 1) Visit(at + 1);
            if (at >= width) Visit(at - width);
            if (at + width < distances.Length) Visit(at + width);
        }

        return tail;

        void Visit(int next)
        {
            if (regions[next] != 0 || distances[next] < threshold) return;
            regions[next] = region;
            queue[tail++] = next;
        }
    }
}
