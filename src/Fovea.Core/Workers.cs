namespace Fovea.Core;

/// <summary>How many threads a loop has.</summary>
public static class Workers
{
    /// <summary>The number that was asked for; one a core for 0.</summary>
    public static int Count(int threads) => threads > 0 ? threads : Environment.ProcessorCount;

    /// <summary>Options of a parallel loop.</summary>
    /// <param name="threads">Threads; 0 for one a core.</param>
    /// <param name="cancellation">Stops it.</param>
    public static ParallelOptions Of(int threads, CancellationToken cancellation = default) =>
        new() { MaxDegreeOfParallelism = Count(threads), CancellationToken = cancellation };
}
