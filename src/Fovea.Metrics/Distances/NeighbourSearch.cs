using Fovea.Core.Errors;

namespace Fovea.Metrics.Distances;

/// <summary>k nearest neighbours by Euclidean distance, exact.</summary>
public static class NeighbourSearch
{
    /// <summary>For each query the nearest references.</summary>
    /// <param name="queries">The rows that ask.</param>
    /// <param name="references">The rows among which to look.</param>
    /// <param name="count">Neighbours a query, k, from 1 to the number of references.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="InputException">k does not fit, or the matrices cannot be compared.</exception>
    public static NeighbourTable Across(
        FeatureMatrix queries,
        FeatureMatrix references,
        int count,
        int threads = 0,
        CancellationToken cancellation = default) =>
        Rooted(SquaredAcross(queries, references, count, threads, cancellation));

    /// <summary>For each row the nearest other rows of the same matrix; a row is not its own neighbour, an equal row is.</summary>
    /// <param name="features">The rows.</param>
    /// <param name="count">Neighbours a row, k, from 1 to the number of rows less 1.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="InputException">k does not fit.</exception>
    public static NeighbourTable Within(FeatureMatrix features, int count, int threads = 0, CancellationToken cancellation = default) =>
        Rooted(SquaredWithin(features, count, threads, cancellation));

    /// <summary>The same as <see cref="Across"/> with squared distances, which compare exactly with those of <see cref="PairBlocks"/>.</summary>
    internal static NeighbourTable SquaredAcross(
        FeatureMatrix queries,
        FeatureMatrix references,
        int count,
        int threads,
        CancellationToken cancellation = default) =>
        Find(queries, references, count, false, threads, cancellation);

    /// <summary>The same as <see cref="Within"/> with squared distances.</summary>
    internal static NeighbourTable SquaredWithin(FeatureMatrix features, int count, int threads, CancellationToken cancellation = default) =>
        Find(features, features, count, true, threads, cancellation);

    private static NeighbourTable Rooted(NeighbourTable table) => table with { Distances = Array.ConvertAll(table.Distances, Math.Sqrt) };

    private static NeighbourTable Find(FeatureMatrix queries, FeatureMatrix references, int count, bool skipSelf, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(references);
        var most = references.Images - (skipSelf ? 1 : 0);
        if (count < 1 || count > most) throw new InputException($"k {count} nearest neighbours among {most} images; allowed: 1 to {most}");
        var table = new NeighbourTable(queries.Images, count, new int[queries.Images * count], new double[queries.Images * count]);
        Array.Fill(table.Distances, double.PositiveInfinity);
        PairBlocks.Visit(queries, references, PairMeasure.SquaredDistance, block => Collect(table, block, skipSelf), threads, cancellation);
        return table;
    }

    private static void Collect(NeighbourTable table, PairBlock block, bool skipSelf)
    {
        for (var r = 0; r < block.Rows; r++)
        {
            var row = block.FirstRow + r;
            var distances = table.Distances.AsSpan(row * table.Count, table.Count);
            var indices = table.Indices.AsSpan(row * table.Count, table.Count);
            var values = block.Row(r);
            for (var c = 0; c < values.Length; c++)
                if (values[c] < distances[^1] && !(skipSelf && block.FirstColumn + c == row)) Insert(distances, indices, values[c], block.FirstColumn + c);
        }
    }

    private static void Insert(Span<double> distances, Span<int> indices, double distance, int index)
    {
        var at = distances.Length - 1;
        for (; at > 0 && distances[at - 1] > distance; at--) (distances[at], indices[at]) = (distances[at - 1], indices[at - 1]);
        (distances[at], indices[at]) = (distance, index);
    }
}

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
