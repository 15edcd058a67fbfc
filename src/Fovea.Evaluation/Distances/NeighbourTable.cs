namespace Fovea.Evaluation.Distances;

/// <summary>The nearest rows of one matrix to each row of another.</summary>
/// <param name="Rows">Rows of the matrix that asks.</param>
/// <param name="Count">Neighbours a row, k.</param>
/// <param name="Indices">Their rows [rows, k], nearest first; of equally near ones the lower row first.</param>
/// <param name="Distances">Their Euclidean distances [rows, k].</param>
public sealed record NeighbourTable(int Rows, int Count, int[] Indices, double[] Distances)
{
    /// <summary>Distance of a row's neighbour; <paramref name="rank"/> 0 is the nearest.</summary>
    public double Distance(int row, int rank = 0) => Distances[row * Count + rank];

    /// <summary>A row's neighbour; <paramref name="rank"/> 0 is the nearest.</summary>
    public int Index(int row, int rank = 0) => Indices[row * Count + rank];

    /// <summary>The distances of one rank [rows].</summary>
    public double[] Column(int rank)
    {
        var column = new double[Rows];
        for (var row = 0; row < Rows; row++) column[row] = Distance(row, rank);
        return column;
    }
}
