namespace Fovea.Quantum.Engines;

/// <summary>
/// Runs numbered chunks of a call on one or more threads; which thread runs which chunk is left to chance, so results must
/// depend on the chunk only. Allocates nothing on one thread.
/// </summary>
internal sealed class ChunkedWork
{
    private readonly Action<int, int> _runChunk;
    private readonly Action<int> _runWorker;
    private int _chunks;
    private int _next;

    /// <summary>Work whose chunks are run by <paramref name="runChunk"/>(worker, chunk).</summary>
    public ChunkedWork(Action<int, int> runChunk)
    {
        _runChunk = runChunk;
        _runWorker = RunWorker;
    }

    /// <summary>The number of workers for so many chunks and threads; they are numbered from 0.</summary>
    public static int Workers(int chunks, int threads) => Math.Max(1, Math.Min(threads, chunks));

    /// <summary>Runs all chunks.</summary>
    public void Run(int chunks, int workers)
    {
        (_chunks, _next) = (chunks, 0);
        if (workers == 1)
            RunWorker(0);
        else
            Parallel.For(0, workers, _runWorker);
    }

    private void RunWorker(int worker)
    {
        while (Interlocked.Increment(ref _next) - 1 is var chunk && chunk < _chunks)
            _runChunk(worker, chunk);
    }
}
