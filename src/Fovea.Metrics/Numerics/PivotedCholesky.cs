namespace Fovea.Metrics.Numerics;

/// <summary>
/// The factor of a covariance matrix with the largest remaining variance first, which needs no full rank: what is left when no
/// variance above rounding remains is dropped. Higham, "Analysis of the Cholesky decomposition of a semi-definite matrix", 1990.
/// </summary>
internal static class PivotedCholesky
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>F [rank, n] with FᵀF = <paramref name="covariance"/> [n, n], which is overwritten.</summary>
    public static DoubleMatrix Factor(DoubleMatrix covariance)
    {
        var n = covariance.Rows;
        var order = new int[n];
        for (var k = 0; k < n; k++) order[k] = k;
        var floor = n * Epsilon * Enumerable.Range(0, n).Max(k => covariance.Row(k)[k]);
        var rank = 0;
        for (; rank < n && BringPivot(covariance, order, rank) > floor; rank++) Eliminate(covariance, rank);
        return Unpermuted(covariance, order, rank);
    }

    /// <summary>Exchanges row and column of the largest remaining variance to <paramref name="step"/>; returns that variance.</summary>
    private static double BringPivot(DoubleMatrix matrix, int[] order, int step)
    {
        var n = matrix.Rows;
        var pivot = step;
        for (var k = step + 1; k < n; k++)
            if (matrix.Row(k)[k] > matrix.Row(pivot)[pivot]) pivot = k;
        if (pivot != step)
        {
            (order[step], order[pivot]) = (order[pivot], order[step]);
            var upper = matrix.Row(step);
            var lower = matrix.Row(pivot);
            for (var k = 0; k < n; k++) (upper[k], lower[k]) = (lower[k], upper[k]);
            for (var k = 0; k < n; k++)
            {
                var row = matrix.Row(k);
                (row[step], row[pivot]) = (row[pivot], row[step]);
            }
        }

        return matrix.Row(step)[step];
    }

    /// <summary>
    /// Makes row <paramref name="step"/> a row of the factor from its pivot on, and takes its part from the rows below (both
    /// triangles are kept, so that a row is contiguous). Entries left of the pivot are zeroed.
    /// </summary>
    private static void Eliminate(DoubleMatrix matrix, int step)
    {
        var n = matrix.Rows;
        var row = matrix.Row(step);
        var scale = 1 / Math.Sqrt(row[step]);
        for (var k = 0; k < n; k++) row[k] = k < step ? 0 : row[k] * scale;
        for (var below = step + 1; below < n; below++)
            DoubleSpans.AddScaled(matrix.Row(below)[(step + 1)..], -row[below], row[(step + 1)..]);
    }

    private static DoubleMatrix Unpermuted(DoubleMatrix matrix, int[] order, int rank)
    {
        var factor = new DoubleMatrix(rank, matrix.Columns);
        for (var row = 0; row < rank; row++)
        {
            for (var k = row; k < matrix.Columns; k++)
                factor.Row(row)[order[k]] = matrix.Row(row)[k];
        }

        return factor;
    }
}
