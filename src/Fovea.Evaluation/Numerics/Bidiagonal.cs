namespace Fovea.Evaluation.Numerics;

/// <summary>
/// Householder bidiagonalisation of a matrix with at least as many rows as columns: A = U B Vᵀ, of which only B is kept. Golub
/// and Van Loan, "Matrix Computations", 5.4.8; each trailing row takes both reflections in one pass.
/// </summary>
internal sealed class Bidiagonal
{
    private Bidiagonal(int size) => (Diagonal, Above) = (new double[size], new double[Math.Max(size - 1, 0)]);

    /// <summary>B's diagonal.</summary>
    public double[] Diagonal { get; }

    /// <summary>The diagonal above it.</summary>
    public double[] Above { get; }

    /// <summary>Reduces <paramref name="matrix"/>, which is overwritten.</summary>
    public static Bidiagonal Of(DoubleMatrix matrix)
    {
        var (rows, columns) = (matrix.Rows, matrix.Columns);
        var result = new Bidiagonal(columns);
        var (left, right, sums) = (new double[rows], new double[columns], new double[columns]);
        for (var step = 0; step < columns; step++)
        {
            for (var row = step; row < rows; row++) left[row] = matrix.Row(row)[step];
            (result.Diagonal[step], var leftScale) = Reflector(left.AsSpan(step));
            if (step + 1 == columns) break;
            var trailing = sums.AsSpan(step + 1);
            trailing.Clear();
            for (var row = step; row < rows; row++) DoubleSpans.AddScaled(trailing, leftScale * left[row], matrix.Row(row)[(step + 1)..]);
            var vector = right.AsSpan(step + 1);
            matrix.Row(step)[(step + 1)..].CopyTo(vector);
            DoubleSpans.AddScaled(vector, -left[step], trailing);
            (result.Above[step], var rightScale) = Reflector(vector);
            for (var row = step + 1; row < rows; row++)
            {
                var rest = matrix.Row(row)[(step + 1)..];
                DoubleSpans.AddScaled(rest, -left[row], trailing);
                DoubleSpans.AddScaled(rest, -rightScale * DoubleSpans.Dot(rest, vector), vector);
            }
        }

        return result;
    }

    /// <summary>
    /// Turns x into v such that (I − scale · v vᵀ) x has but its first entry, which is returned.
    /// </summary>
    private static (double First, double Scale) Reflector(Span<double> x)
    {
        var norm = Math.Sqrt(DoubleSpans.Dot(x, x));
        if (norm == 0) return (0, 0);
        var first = x[0] > 0 ? -norm : norm;
        x[0] -= first;
        return (first, 2 / DoubleSpans.Dot(x, x));
    }
}
