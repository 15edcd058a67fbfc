namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>Turns rows of samples into columns of lanes and back.</summary>
internal static unsafe class LaneTransposition
{
    /// <summary>columns[c][lane] = rows[lane][c]; lanes from <paramref name="count"/> on become zero.</summary>
    public static void Load<T>(T* rows, int count, int width, T* columns, int lanes)
        where T : unmanaged
    {
        for (var column = 0; column < width; column++)
        {
            var target = columns + ((nint)column * lanes);
            for (var lane = 0; lane < count; lane++)
                target[lane] = rows[((nint)lane * width) + column];
            new Span<T>(target + count, lanes - count).Clear();
        }
    }

    /// <summary>rows[lane][c] = columns[c][lane] for the first <paramref name="count"/> lanes.</summary>
    public static void Store<T>(T* columns, int lanes, int width, T* rows, int count)
        where T : unmanaged
    {
        for (var column = 0; column < width; column++)
        {
            var source = columns + ((nint)column * lanes);
            for (var lane = 0; lane < count; lane++)
                rows[((nint)lane * width) + column] = source[lane];
        }
    }
}
