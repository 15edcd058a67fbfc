namespace Fovea.Quantum.Engines;

/// <summary>
/// Hands numbered pieces of work to one or more threads, each piece to whoever is free. On one thread nothing is allocated.
/// </summary>
internal sealed class PieceQueue
{
    private readonly Action<int, int> _run;
    private readonly Action<int> _runWorker;
    private int _pieces;
    private int _next;

    /// <summary>A queue for one kind of work.</summary>
    /// <param name="run">Does one piece: the worker's number and the piece's.</param>
    public PieceQueue(Action<int, int> run)
    {
        _run = run;
        _runWorker = RunWorker;
    }

    /// <summary>Workers that <see cref="Run"/> uses: no more than pieces, and at least one.</summary>
    public static int Workers(int pieces, int threads) => Math.Max(1, Math.Min(threads, pieces));

    /// <summary>Does all pieces and returns when the last one is done.</summary>
    public void Run(int pieces, int threads)
    {
        _pieces = pieces;
        _next = 0;
        var workers = Workers(pieces, threads);
        if (workers == 1)
            RunWorker(0);
        else
            Parallel.For(0, workers, _runWorker);
    }

    private void RunWorker(int worker)
    {
        while (Interlocked.Increment(ref _next) - 1 is var piece && piece < _pieces)
            _run(worker, piece);
    }
}
