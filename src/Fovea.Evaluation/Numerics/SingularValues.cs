namespace Fovea.Evaluation.Numerics;

/// <summary>
/// Singular values without vectors. They are the eigenvalues of the symmetric tridiagonal matrix whose diagonal is zero and whose
/// neighbours are the bidiagonal form's entries in turn (Golub and Kahan 1965), so nothing is squared: each is right to a few
/// roundings of the largest one, where the eigenvalues of AᵀA would lose half the digits.
/// </summary>
internal static class SingularValues
{
    /// <summary>The sum of the singular values of <paramref name="matrix"/>, which is overwritten.</summary>
    public static double Sum(DoubleMatrix matrix)
    {
        var tall = matrix.Rows >= matrix.Columns ? matrix : matrix.Transposed();
        if (tall.Columns == 0) return 0;
        var form = Bidiagonal.Of(tall);
        var neighbours = new double[2 * tall.Columns];
        for (var k = 0; k < tall.Columns; k++)
        {
            neighbours[2 * k] = form.Diagonal[k];
            if (k < form.Above.Length) neighbours[2 * k + 1] = form.Above[k];
        }

        // The eigenvalues come in pairs ±σ.
        return TridiagonalEigenvalues.Of(new double[2 * tall.Columns], neighbours).Sum(Math.Abs) / 2;
    }
}
