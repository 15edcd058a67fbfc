using Fovea.Core.Random;
using Fovea.Metrics.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Fovea.Tests.Metrics.Numerics;

public sealed class SingularValuesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(2, 9)]
    [InlineData(40, 25)]
    [InlineData(60, 60)]
    public void Sum_RandomMatrices_AreTheRootsOfTheGramMatrixEigenvalues(int rows, int columns)
    {
        var matrix = Random(rows, columns);
        var gram = Matrix<double>.Build.Dense(rows, rows, [.. matrix.TimesTransposed(matrix, 1).Values]);
        var expected = gram.Evd(Symmetricity.Symmetric).EigenValues.Sum(value => Math.Sqrt(Math.Max(0, value.Real)));
        // Squaring loses half of the digits: an eigenvalue that should be 0 is known to 1e-16 of the largest, its root to 1e-8.
        Assert.Equal(expected, SingularValues.Sum(matrix), 1e-6 * expected);
    }

    [Fact]
    public void Sum_GradedSpectrum_KeepsSmallValuesToRoundingOfTheLargest()
    {
        // diag(10^0 … 10^−11) turned by a reflection on both sides: squaring would lose everything below 1e-8.
        var matrix = new DoubleMatrix(12, 12);
        for (var i = 0; i < 12; i++)
        {
            for (var j = 0; j < 12; j++)
                for (var k = 0; k < 12; k++) matrix.Row(i)[j] += Reflection(i, k) * Math.Pow(10, -k) * Reflection(j, k);
        }

        Assert.Equal(Enumerable.Range(0, 12).Sum(k => Math.Pow(10, -k)), SingularValues.Sum(matrix), 1e-14);

        double Reflection(int i, int k) => (i == k ? 1 : 0) - 2.0 / 12;
    }

    [Fact]
    public void Sum_ZeroMatrix_IsZero() => Assert.Equal(0, SingularValues.Sum(new DoubleMatrix(5, 4)));

    [Theory]
    [InlineData(30, 20)]
    [InlineData(12, 20)] // of rank 11 at most
    public void PivotedCholesky_AnyRank_GivesTheCovarianceBack(int rows, int columns)
    {
        var matrix = Random(rows, columns).Transposed();
        var covariance = matrix.TimesTransposed(matrix, 1);
        var expected = covariance.Values.ToArray();
        var factor = PivotedCholesky.Factor(covariance);
        Assert.Equal(Math.Min(rows, columns), factor.Rows);
        var back = factor.Transposed();
        var product = back.TimesTransposed(back, 1).Values;
        // Entries are of the order of the rows, 30; rounding of sums of 30 such terms.
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], product[k], 1e-12);
    }

    private static DoubleMatrix Random(int rows, int columns)
    {
        var random = new CounterRandom(3, (ulong)(rows * 100 + columns));
        var matrix = new DoubleMatrix(rows, columns);
        for (var k = 0; k < matrix.Values.Length; k++) matrix.Values[k] = random.NextNormal();
        return matrix;
    }
}
