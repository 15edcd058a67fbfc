using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Cuts a batch into chunks of whole blocks and runs them on one or more threads. The cut depends on the batch and the
/// circuit only, and the chunks' weight gradients are added in chunk order, so the results do not depend on the threads.
/// </summary>
internal sealed unsafe class BatchExecutor<TLanes, T> : IBatchExecutor<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int LaneCount = sizeof(TLanes) / sizeof(T);
    private readonly ExecutionPlan _plan;
    private readonly WeightTables<T> _tables;
    private readonly int _chunkSize;
    private readonly PieceQueue _queue;
    private BlockRunner<TLanes, T>?[] _runners = [];
    private double[] _chunkGradients = [];
    private BatchCall<T> _call;

    /// <summary>An executor for one circuit.</summary>
    public BatchExecutor(Circuits.Circuit circuit)
    {
        _plan = new ExecutionPlan(circuit, RotationGroup.SizeFor(sizeof(TLanes)));
        _tables = new WeightTables<T>(_plan, scalesEntry: StagePass<TLanes, T>.KeptStates(_plan) > 0);
        var blocks = Math.Clamp(2048 / _plan.OutputSlots.Length, 1, 64);
        _chunkSize = blocks * LaneCount;
        _queue = new PieceQueue(RunChunk);
    }

    private bool ForGradients => _call.Cotangents != null;

    private int ChunkCount => (int)(((long)_call.Batch + _chunkSize - 1) / _chunkSize);

    /// <inheritdoc/>
    public void Run(BatchCall<T> call, ReadOnlySpan<T> weights, Span<T> weightGradients, int threads)
    {
        _call = call;
        _tables.Update(weights);
        Prepare(PieceQueue.Workers(ChunkCount, threads));
        _queue.Run(ChunkCount, threads);
        if (ForGradients)
            Reduce(weightGradients);
        _call = default;
    }

    private void Prepare(int workers)
    {
        if (_runners.Length < workers)
            Array.Resize(ref _runners, workers);
        for (var worker = 0; worker < workers; worker++)
        {
            if (_runners[worker] is not { } runner || (ForGradients && !runner.ForGradients))
                _runners[worker] = new BlockRunner<TLanes, T>(_plan, _tables, ForGradients, _chunkSize == LaneCount);
            _runners[worker]!.LoadWeights();
        }

        if (!ForGradients)
            return;
        var length = checked(ChunkCount * _plan.Circuit.WeightCount);
        if (_chunkGradients.Length < length)
            _chunkGradients = new double[length];
    }

    private void RunChunk(int worker, int chunk)
    {
        var first = chunk * _chunkSize;
        var end = (int)Math.Min((long)first + _chunkSize, _call.Batch);
        if (ForGradients)
            RunGradientChunk(_runners[worker]!, chunk, first, end);
        else
            RunForwardChunk(_runners[worker]!, first, end);
    }

    private void RunForwardChunk(BlockRunner<TLanes, T> runner, int first, int end)
    {
        for (; first < end; first += LaneCount)
            runner.Forward(_call, first, Math.Min(LaneCount, end - first));
    }

    private void RunGradientChunk(BlockRunner<TLanes, T> runner, int chunk, int first, int end)
    {
        runner.ClearWeightGradients();
        for (; first < end; first += LaneCount)
            runner.Backward(_call, first, Math.Min(LaneCount, end - first));
        var weights = _plan.Circuit.WeightCount;
        runner.CollectWeightGradients().CopyTo(_chunkGradients.AsSpan(chunk * weights, weights));
    }

    private void Reduce(Span<T> weightGradients)
    {
        var chunks = ChunkCount;
        for (var weight = 0; weight < weightGradients.Length; weight++)
        {
            var sum = 0.0;
            for (var chunk = 0; chunk < chunks; chunk++)
                sum += _chunkGradients[(chunk * weightGradients.Length) + weight];
            weightGradients[weight] = T.CreateTruncating(sum);
        }
    }
}

/// <summary>Runs calls with one register width, which its implementation fixes.</summary>
internal interface IBatchExecutor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs a call; <paramref name="weightGradients"/> is empty in a forward call.</summary>
    void Run(BatchCall<T> call, ReadOnlySpan<T> weights, Span<T> weightGradients, int threads);
}

/// <summary>The buffers of one call, pinned by the caller for its duration.</summary>
internal unsafe struct BatchCall<T>
    where T : unmanaged
{
    /// <summary>Number of circuits.</summary>
    public int Batch;

    /// <summary>[batch, inputs].</summary>
    public T* Inputs;

    /// <summary>[batch, outputs]; written by a forward call, null in a gradient call.</summary>
    public T* Expectations;

    /// <summary>[batch, outputs]; null in a forward call.</summary>
    public T* Cotangents;

    /// <summary>[batch, inputs]; null in a forward call.</summary>
    public T* InputGradients;
}
