namespace Fovea.Evaluation.Distances;

/// <summary>A rectangle of the table of all pairs. Its values are good only while it is visited.</summary>
/// <param name="FirstRow">Row of the first matrix that its first row belongs to.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="FirstColumn">Row of the second matrix that its first column belongs to.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Values">The buffer [side, side] with the values.</param>
/// <param name="Stride">Values from one row of the buffer to the next.</param>
public readonly record struct PairBlock(int FirstRow, int Rows, int FirstColumn, int Columns, double[] Values, int Stride)
{
    /// <summary>The values of one of its rows [columns].</summary>
    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Stride, Columns);
}
