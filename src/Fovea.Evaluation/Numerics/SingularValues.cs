using MathNet.Numerics.LinearAlgebra.Double;

namespace Fovea.Evaluation.Numerics;

/// <summary>Singular values without vectors.</summary>
internal static class SingularValues
{
    /// <summary>The sum of the singular values of <paramref name="matrix"/>.</summary>
    public static double Sum(DoubleMatrix matrix)
    {
        if (matrix.Rows == 0 || matrix.Columns == 0) return 0;
        // The library stores columns: the rows here are the columns of the transpose, whose singular values are the same.
        return new DenseMatrix(matrix.Columns, matrix.Rows, [.. matrix.Values]).Svd(computeVectors: false).S.Sum();
    }
}
