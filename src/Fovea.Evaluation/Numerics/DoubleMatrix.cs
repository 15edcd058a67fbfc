namespace Fovea.Evaluation.Numerics;

/// <summary>A matrix of doubles, row by row.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns.</param>
internal sealed class DoubleMatrix(int rows, int columns)
{
    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public double[] Values { get; } = new double[rows * columns];

    public Span<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public DoubleMatrix Transposed()
    {
        var result = new DoubleMatrix(Columns, Rows);
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++)
                result.Values[column * Rows + row] = Values[row * Columns + column];
        return result;
    }

    /// <summary>this · other ᵀ [rows, rows of the other], on <paramref name="threads"/> threads (0 for one a core).</summary>
    public DoubleMatrix TimesTransposed(DoubleMatrix other, int threads)
    {
        var result = new DoubleMatrix(Rows, other.Rows);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.For(0, (Rows + RowProducts.Side - 1) / RowProducts.Side, options, band => RowProducts.Fill(this, other, band * RowProducts.Side, result));
        return result;
    }
}
