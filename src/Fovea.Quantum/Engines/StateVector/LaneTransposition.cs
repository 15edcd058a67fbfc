using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>Turns rows of samples into columns of lanes and back, four by four where they come in fours.</summary>
internal static unsafe class LaneTransposition<T>
    where T : unmanaged
{
    private const int Edge = 4;

    /// <summary>columns[c][lane] = rows[lane][c]; lanes from <paramref name="count"/> on become <paramref name="padding"/>.</summary>
    /// <param name="rows">[count, width].</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="width">Numbers of a sample.</param>
    /// <param name="columns">[width, lanes], overwritten.</param>
    /// <param name="lanes">Samples in a column.</param>
    /// <param name="padding">What lanes without a sample get.</param>
    public static void Load(T* rows, int count, int width, T* columns, int lanes, T padding)
    {
        var (blockRows, blockColumns) = Blocks(count, width);
        for (var lane = 0; lane < blockRows; lane += Edge)
        {
            for (var column = 0; column < blockColumns; column += Edge)
                Transpose((float*)rows + ((nint)lane * width) + column, width, (float*)columns + ((nint)column * lanes) + lane, lanes);
        }

        for (var column = 0; column < width; column++)
        {
            var target = columns + ((nint)column * lanes);
            for (var lane = column < blockColumns ? blockRows : 0; lane < count; lane++)
                target[lane] = rows[((nint)lane * width) + column];
            new Span<T>(target + count, lanes - count).Fill(padding);
        }
    }

    /// <summary>rows[lane][c] = columns[c][lane] for the first <paramref name="count"/> lanes.</summary>
    public static void Store(T* columns, int lanes, int width, T* rows, int count)
    {
        var (blockRows, blockColumns) = Blocks(count, width);
        for (var lane = 0; lane < blockRows; lane += Edge)
        {
            for (var column = 0; column < blockColumns; column += Edge)
                Transpose((float*)columns + ((nint)column * lanes) + lane, lanes, (float*)rows + ((nint)lane * width) + column, width);
        }

        for (var column = 0; column < width; column++)
        {
            var source = columns + ((nint)column * lanes);
            for (var lane = column < blockColumns ? blockRows : 0; lane < count; lane++)
                rows[((nint)lane * width) + column] = source[lane];
        }
    }

    // The part of [rows, columns] that is whole blocks; none in double precision.
    private static (int Rows, int Columns) Blocks(int rows, int columns) =>
        typeof(T) == typeof(float) && Vector256.IsHardwareAccelerated ? (rows / Edge * Edge, columns / Edge * Edge) : (0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* from, nint fromStride, float* to, nint toStride)
    {
        // Neighbours of two rows beside each other, then of all four.
        var pairs = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        var upper = Vector256.Shuffle(Vector256.Create(Vector128.Load(from), Vector128.Load(from + fromStride)), pairs).AsDouble();
        from += 2 * fromStride;
        var lower = Vector256.Shuffle(Vector256.Create(Vector128.Load(from), Vector128.Load(from + fromStride)), pairs).AsDouble();
        var quads = Vector256.Create(0L, 2, 1, 3);
        var first = Vector256.Shuffle(Vector256.Create(upper.GetLower(), lower.GetLower()), quads).AsSingle();
        var last = Vector256.Shuffle(Vector256.Create(upper.GetUpper(), lower.GetUpper()), quads).AsSingle();
        first.GetLower().Store(to);
        first.GetUpper().Store(to + toStride);
        last.GetLower().Store(to + (2 * toStride));
        last.GetUpper().Store(to + (3 * toStride));
    }
}
