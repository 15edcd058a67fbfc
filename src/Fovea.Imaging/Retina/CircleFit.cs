using System.Runtime.InteropServices;
using Fovea.Core.Random;

namespace Fovea.Imaging.Retina;

/// <summary>Fits a circle to edge points of which many belong to something else: flat cuts, stamps, dark crescents.</summary>
internal static class CircleFit
{
    private const int Trials = 160;
    private const int ScoredPoints = 160;
    private const int Bins = 72;

    /// <summary>How near a point must be to count as one of the circle: 1.2 % of the radius and most of a pixel.</summary>
    public static double Tolerance(double radius) => 0.012 * radius + 0.6;

    /// <summary>
    /// The circle with radius between <paramref name="minRadius"/> and <paramref name="maxRadius"/> that most points support;
    /// null when none is found. Sampled consensus (Fischler and Bolles 1981) with a fixed seed, then least squares on the
    /// supporting points. A point inside the circle costs nothing (the disc may be cut there), one outside costs its support.
    /// </summary>
    public static Circle? Find(List<EdgePoint> edges, double minRadius, double maxRadius)
    {
        if (edges.Count < 12) return null;
        var random = new CounterRandom(seed: 1, stream: 0);
        var scored = Subset(edges);
        Circle? best = null;
        var bestScore = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var circle = Through(edges[random.NextInt(edges.Count)], edges[random.NextInt(edges.Count)], edges[random.NextInt(edges.Count)]);
            if (circle is not { } candidate || candidate.Radius < minRadius || candidate.Radius > maxRadius) continue;
            var score = Score(scored, candidate);
            if (score > bestScore) (best, bestScore) = (candidate, score);
        }

        if (best is not { } refined) return null;
        for (var round = 0; round < 4; round++)
        {
            var near = edges.FindAll(p => Math.Abs(refined.Outside(p)) <= Tolerance(refined.Radius));
            if (near.Count < 8 || LeastSquares(near, refined) is not { } next || next.Radius < minRadius || next.Radius > maxRadius) break;
            refined = next;
        }

        return refined;
    }

    /// <summary>The share of the full turn, 0 to 1, in which the circle is supported by points.</summary>
    public static double Support(List<EdgePoint> edges, Circle circle)
    {
        Span<bool> seen = stackalloc bool[Bins];
        foreach (var point in edges)
        {
            if (Math.Abs(circle.Outside(point)) > Tolerance(circle.Radius)) continue;
            var turn = Math.Atan2(point.Y - circle.Y, point.X - circle.X) / (2 * Math.PI) + 0.5;
            seen[Math.Min(Bins - 1, (int)(turn * Bins))] = true;
        }

        return seen.Count(true) / (double)Bins;
    }

    private static EdgePoint[] Subset(List<EdgePoint> edges)
    {
        var count = Math.Min(ScoredPoints, edges.Count);
        var subset = new EdgePoint[count];
        for (var i = 0; i < count; i++) subset[i] = edges[(int)((long)i * edges.Count / count)];
        return subset;
    }

    private static int Score(EdgePoint[] points, Circle circle)
    {
        var tolerance = Tolerance(circle.Radius);
        var score = 0;
        foreach (var point in points)
        {
            var outside = circle.Outside(point);
            if (outside > tolerance) score--;
            else if (outside >= -tolerance) score++;
        }

        return score;
    }

    private static Circle? Through(EdgePoint a, EdgePoint b, EdgePoint c)
    {
        var (bx, by, cx, cy) = (b.X - a.X, b.Y - a.Y, c.X - a.X, c.Y - a.Y);
        var determinant = 2 * (bx * cy - by * cx);
        if (Math.Abs(determinant) < 1e-6) return null;
        var (bb, cc) = (bx * bx + by * by, cx * cx + cy * cy);
        var x = (cy * bb - by * cc) / determinant;
        var y = (bx * cc - cx * bb) / determinant;
        return new Circle(a.X + x, a.Y + y, Math.Sqrt(x * x + y * y));
    }

    /// <summary>One Gauss-Newton step on the sum of squared distances from the circle.</summary>
    private static Circle? LeastSquares(List<EdgePoint> points, Circle start)
    {
        // Normal equations of the three unknowns (x, y, radius): the residual is |p - centre| - radius.
        Span<double> n = stackalloc double[9];
        Span<double> r = stackalloc double[3];
        foreach (var point in CollectionsMarshal.AsSpan(points))
        {
            var (dx, dy) = (point.X - start.X, point.Y - start.Y);
            var length = Math.Max(Math.Sqrt(dx * dx + dy * dy), 1e-9);
            ReadOnlySpan<double> row = [-dx / length, -dy / length, -1];
            var residual = length - start.Radius;
            for (var i = 0; i < 3; i++)
            {
                r[i] -= row[i] * residual;
                for (var j = 0; j < 3; j++) n[i * 3 + j] += row[i] * row[j];
            }
        }

        var determinant = Determinant(n, -1, r);
        if (Math.Abs(determinant) < 1e-9) return null;
        return new Circle(
            start.X + Determinant(n, 0, r) / determinant,
            start.Y + Determinant(n, 1, r) / determinant,
            start.Radius + Determinant(n, 2, r) / determinant);
    }

    /// <summary>The determinant with <paramref name="column"/> replaced by the right side (Cramer's rule); -1 replaces none.</summary>
    private static double Determinant(ReadOnlySpan<double> n, int column, ReadOnlySpan<double> right)
    {
        Span<double> m = stackalloc double[9];
        n.CopyTo(m);
        if (column >= 0)
        {
            for (var i = 0; i < 3; i++) m[i * 3 + column] = right[i];
        }

        return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }
}

/// <summary>A circle in pixels.</summary>
internal readonly record struct Circle(double X, double Y, double Radius)
{
    /// <summary>How far a point lies outside the circle; negative inside.</summary>
    public double Outside(EdgePoint point)
    {
        var (dx, dy) = (point.X - X, point.Y - Y);
        return Math.Sqrt(dx * dx + dy * dy) - Radius;
    }
}

/// <summary>A point on the border between retina and surround, in pixels.</summary>
internal readonly record struct EdgePoint(double X, double Y);
