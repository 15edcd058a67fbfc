using System.Numerics;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>
/// Cuts a batch into chunks of whole tiles. The cut depends on the batch only and the chunks' gradients are added in order, so
/// results do not depend on the number of threads.
/// </summary>
internal sealed class TileExecutor<TLanes, T> : IBatchExecutor<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // At least eight tiles, so that summing up a chunk is little work beside it; at most 64 chunks, to bound their memory.
    private const int MinTilesPerChunk = 8;
    private const int MaxChunks = 64;
    private readonly PlanTables<T> _tables;
    private readonly PieceQueue _queue;
    private TileRunner<TLanes, T>?[] _runners = [];
    private double[] _chunkGradients = [];
    private BatchCall<T> _call;
    private int _chunkSize;

    /// <summary>An executor for a plan.</summary>
    public TileExecutor(TrigonometricPlan plan)
    {
        _tables = new PlanTables<T>(plan);
        _queue = new PieceQueue(RunChunk);
    }

    private static int TileSize => TileRunner<TLanes, T>.TileSize;

    private int GradientsPerChunk => _tables.Coefficients.Length + _tables.Turns.Length;

    private unsafe bool ForGradients => _call.Cotangents != null;

    /// <inheritdoc/>
    public void Run(BatchCall<T> call, ReadOnlySpan<T> weights, Span<T> weightGradients, int threads)
    {
        _call = call;
        _tables.Update(weights);
        var tiles = (call.Batch + TileSize - 1) / TileSize;
        _chunkSize = TileSize * Math.Max(MinTilesPerChunk, (tiles + MaxChunks - 1) / MaxChunks);
        var chunks = (int)(((long)call.Batch + _chunkSize - 1) / _chunkSize);
        var workers = PieceQueue.Workers(chunks, threads);
        Prepare(workers, chunks);
        _queue.Run(chunks, threads);
        if (ForGradients)
            _tables.PropagateGradients(_chunkGradients, chunks, weightGradients);
        _call = default;
    }

    private void Prepare(int workers, int chunks)
    {
        if (_runners.Length < workers)
            Array.Resize(ref _runners, workers);
        for (var worker = 0; worker < workers; worker++)
        {
            if (_runners[worker] is not { } runner || (ForGradients && !runner.ForGradients))
                _runners[worker] = new TileRunner<TLanes, T>(_tables, ForGradients);
        }

        if (ForGradients && _chunkGradients.Length < chunks * GradientsPerChunk)
            _chunkGradients = new double[chunks * GradientsPerChunk];
    }

    private void RunChunk(int worker, int chunk)
    {
        var runner = _runners[worker]!;
        var first = chunk * _chunkSize;
        var end = (int)Math.Min((long)first + _chunkSize, _call.Batch);
        runner.StartChunk();
        for (; first < end; first += TileSize)
        {
            if (ForGradients)
                runner.Backward(_call, first, Math.Min(TileSize, end - first));
            else
                runner.Forward(_call, first, Math.Min(TileSize, end - first));
        }

        if (ForGradients)
            runner.CollectGradients(_chunkGradients.AsSpan(chunk * GradientsPerChunk, GradientsPerChunk));
    }
}

/// <summary>The scratch memory of one worker. Arrays of "tiles" hold <see cref="TileKernel{TLanes, T}.Width"/> registers an entry.</summary>
internal sealed unsafe class TileMemory<TLanes>
    where TLanes : unmanaged
{
    private readonly LaneMemory<TLanes> _memory;

    /// <summary>Allocates for a plan.</summary>
    public TileMemory(TrigonometricPlan plan, int width, int turns, bool forGradients)
    {
        var (inputs, outputs, terms) = (plan.Circuit.InputCount, plan.Circuit.Observables.Length, plan.TermFeatures.Count);
        long tiles = (2L * plan.FeatureCount) + (2L * inputs) + outputs + (2L * turns) + 1;
        _memory = new((tiles * width) + terms + turns);
        ForGradients = forGradients;
        Features = _memory.Take((long)plan.FeatureCount * width);
        Inputs = _memory.Take((long)inputs * width);
        Outputs = _memory.Take((long)outputs * width);
        Sines = _memory.Take((long)turns * width);
        Cosines = _memory.Take((long)turns * width);
        Angles = _memory.Take(width);
        if (!forGradients)
            return;
        FeatureCotangents = _memory.Take((long)plan.FeatureCount * width);
        InputGradients = _memory.Take((long)inputs * width);
        TermGradients = _memory.Take(terms);
        TurnGradients = _memory.Take(turns);
    }

    /// <summary>Whether the gradient members are there.</summary>
    public bool ForGradients { get; }

    /// <summary>[feature] tiles.</summary>
    public TLanes* Features { get; }

    /// <summary>[input] tiles.</summary>
    public TLanes* Inputs { get; }

    /// <summary>[output] tiles: expectation values, or in a gradient their cotangents.</summary>
    public TLanes* Outputs { get; }

    /// <summary>[turn] tiles.</summary>
    public TLanes* Sines { get; }

    /// <summary>[turn] tiles.</summary>
    public TLanes* Cosines { get; }

    /// <summary>One tile of angles.</summary>
    public TLanes* Angles { get; }

    /// <summary>[feature] tiles: ∂L/∂feature.</summary>
    public TLanes* FeatureCotangents { get; }

    /// <summary>[input] tiles.</summary>
    public TLanes* InputGradients { get; }

    /// <summary>[term] registers: ∂L/∂coefficient, summed over the tiles of a chunk.</summary>
    public TLanes* TermGradients { get; }

    /// <summary>[turn] registers: ∂L/∂α of turns by weights, summed over the tiles of a chunk.</summary>
    public TLanes* TurnGradients { get; }
}
