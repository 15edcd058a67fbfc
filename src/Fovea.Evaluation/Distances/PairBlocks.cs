using Fovea.Core.Errors;
using Fovea.Evaluation.Features;

namespace Fovea.Evaluation.Distances;

/// <summary>
/// All pairs of rows of two matrices, a block at a time: a table of 5,000 × 5,000 is never held. Values do not depend on the
/// number of threads.
/// </summary>
public static class PairBlocks
{
    /// <summary>Rows and columns of a block; two such pieces of wide rows fit a core's second-level cache.</summary>
    internal const int Side = 64;

    /// <summary>
    /// Visits every block. Blocks of the same rows come one after another, columns rising, on one thread; those of other rows at
    /// the same time, so <paramref name="visit"/> may write to what belongs to its rows and to nothing else.
    /// </summary>
    /// <param name="rows">The first matrix.</param>
    /// <param name="columns">The second, of the same network.</param>
    /// <param name="measure">What to compute.</param>
    /// <param name="visit">Called with each block.</param>
    /// <param name="threads">Threads, 0 for one a core.</param>
    /// <param name="cancellation">Stops it between rows.</param>
    /// <exception cref="InputException">The matrices cannot be compared.</exception>
    public static void Visit(
        FeatureMatrix rows, FeatureMatrix columns, PairMeasure measure, Action<PairBlock> visit, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(visit);
        rows.RequireComparable(columns);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, (rows.Images + Side - 1) / Side, options, () => new double[Side * Side], (band, _, buffer) =>
        {
            if (measure == PairMeasure.SquaredDistance) Band<SquaredDifferenceTerm>(rows, columns, band * Side, buffer, visit);
            else Band<ProductTerm>(rows, columns, band * Side, buffer, visit);
            return buffer;
        }, _ => { });
    }

    private static void Band<TTerm>(FeatureMatrix rows, FeatureMatrix columns, int firstRow, double[] buffer, Action<PairBlock> visit)
        where TTerm : IPairTerm
    {
        var height = Math.Min(Side, rows.Images - firstRow);
        for (var firstColumn = 0; firstColumn < columns.Images; firstColumn += Side)
        {
            var width = Math.Min(Side, columns.Images - firstColumn);
            Fill<TTerm>(rows, columns, firstRow, height, firstColumn, width, buffer);
            visit(new PairBlock(firstRow, height, firstColumn, width, buffer, Side));
        }
    }

    private static void Fill<TTerm>(FeatureMatrix rows, FeatureMatrix columns, int firstRow, int height, int firstColumn, int width, double[] buffer)
        where TTerm : IPairTerm
    {
        var stride = rows.Stride;
        for (var row = 0; row < height; row += PairKernel.Rows)
        {
            var a = rows.Padding[((firstRow + row) * stride)..];
            for (var column = 0; column < width; column += PairKernel.Columns)
                PairKernel.Run<TTerm>(a, columns.Padding[((firstColumn + column) * stride)..], stride, buffer.AsSpan(row * Side + column), Side);
        }
    }
}
