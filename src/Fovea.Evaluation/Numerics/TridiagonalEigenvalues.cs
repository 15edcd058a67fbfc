using System.Diagnostics;

namespace Fovea.Evaluation.Numerics;

/// <summary>Eigenvalues of a symmetric tridiagonal matrix by the implicit QL method (Bowdler et al. 1968; EISPACK's IMTQL1).</summary>
internal static class TridiagonalEigenvalues
{
    private const int MostSweeps = 60;
    private const double Epsilon = 1.1102230246251565e-16;

    /// <summary>The eigenvalues in no order.</summary>
    /// <param name="diagonal">[n]; becomes the result.</param>
    /// <param name="neighbours">[n], entry k between rows k and k + 1, the last is not used; overwritten.</param>
    public static double[] Of(double[] diagonal, double[] neighbours)
    {
        neighbours[^1] = 0;
        for (var low = 0; low < diagonal.Length; low++)
        {
            for (var sweep = 0; ; sweep++)
            {
                var split = Split(diagonal, neighbours, low);
                if (split == low) break;
                if (sweep == MostSweeps) throw new UnreachableException("the QL method did not converge on finite input");
                Sweep(diagonal, neighbours, low, split);
            }
        }

        return diagonal;
    }

    /// <summary>The first row from <paramref name="low"/> on that the next row does not touch.</summary>
    private static int Split(double[] diagonal, double[] neighbours, int low)
    {
        for (var row = low; row < diagonal.Length - 1; row++)
        {
            // With a zero diagonal the entries on both sides set the scale.
            var scale = Math.Abs(diagonal[row]) + Math.Abs(diagonal[row + 1]);
            if (scale == 0) scale = Math.Abs(row > 0 ? neighbours[row - 1] : 0) + Math.Abs(neighbours[row + 1]);
            if (Math.Abs(neighbours[row]) <= Epsilon * scale) return row;
        }

        return diagonal.Length - 1;
    }

    private static void Sweep(double[] d, double[] e, int low, int high)
    {
        var g = (d[low + 1] - d[low]) / (2 * e[low]);
        g = d[high] - d[low] + e[low] / (g + Math.CopySign(double.Hypot(g, 1), g));
        var (sine, cosine, p) = (1.0, 1.0, 0.0);
        for (var row = high - 1; row >= low; row--)
        {
            var (f, b) = (sine * e[row], cosine * e[row]);
            var r = double.Hypot(f, g);
            e[row + 1] = r;
            if (r == 0)
            {
                d[row + 1] -= p;
                e[high] = 0;
                return;
            }

            (sine, cosine) = (f / r, g / r);
            g = d[row + 1] - p;
            r = (d[row] - g) * sine + 2 * cosine * b;
            p = sine * r;
            d[row + 1] = g + p;
            g = cosine * r - b;
        }

        d[low] -= p;
        e[low] = g;
        e[high] = 0;
    }
}
