using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Unitary;

/// <summary>
/// Builds U once a call and runs the batch in chunks. A gradient call adds up each strip of consecutive chunks by itself and the
/// strips in order. Chunks and strips depend on the batch and the circuit only, so the results do not depend on the threads.
/// </summary>
internal sealed unsafe class UnitaryExecutor<TLanes, TColumns, T> : IBatchExecutor<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where TColumns : unmanaged, ILanes<TColumns, double>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MaxStrips = 8;
    private const int MaxStripNumbers = 1 << 23;
    private static readonly int LaneCount = sizeof(TLanes) / sizeof(T);
    private readonly UnitaryPlan _plan;
    private readonly WeightTables<double> _tables;
    private readonly UnitaryColumns<TColumns, T> _columns;
    private readonly PieceQueue _forwardQueue;
    private readonly PieceQueue _gradientQueue;
    private readonly int _blocks;
    private readonly int _maxStrips;
    private readonly double[] _weights;
    private readonly double[] _weightGradients;
    private readonly double[][] _cotangents;
    private readonly double[][] _entryGradients;
    private readonly T[] _coefficients;
    private ChunkRunner<TLanes, T>?[] _runners = [];
    private BatchCall<T> _call;

    /// <summary>An executor for one circuit.</summary>
    public UnitaryExecutor(Circuit circuit)
    {
        _plan = UnitaryPlan.TryCreate(circuit, out var reason, RotationGroup.SizeFor(sizeof(TLanes)))
            ?? throw new NotSupportedException($"the unitary engine cannot run this circuit: {reason}");
        _tables = new WeightTables<double>(_plan.Gates, scalesEntry: false);
        _columns = new UnitaryColumns<TColumns, T>(_plan, _tables);
        _forwardQueue = new PieceQueue(RunForwardChunk);
        _gradientQueue = new PieceQueue(RunGradientStrip);
        _blocks = Math.Clamp(4096 / _plan.Slots, 16, 64);
        _maxStrips = Math.Clamp(MaxStripNumbers / (_plan.Rows * _plan.Columns), 1, MaxStrips);
        _weights = new double[circuit.WeightCount];
        _weightGradients = new double[circuit.WeightCount];
        _cotangents = new double[_maxStrips][];
        _entryGradients = new double[_maxStrips][];
        _coefficients = new T[_tables.Coefficients.Length];
    }

    private int ChunkSize => _blocks * LaneCount;

    private int ChunkCount => (int)(((long)_call.Batch + ChunkSize - 1) / ChunkSize);

    private int StripCount => Math.Min(_maxStrips, ChunkCount);

    /// <inheritdoc/>
    public void Run(BatchCall<T> call, ReadOnlySpan<T> weights, Span<T> weightGradients, int threads)
    {
        _call = call;
        for (var weight = 0; weight < weights.Length; weight++)
            _weights[weight] = double.CreateTruncating(weights[weight]);
        _tables.Update(_weights);
        for (var i = 0; i < _coefficients.Length; i++)
            _coefficients[i] = T.CreateTruncating(_tables.Coefficients[i]);
        _columns.Build(threads);
        if (call.Cotangents == null)
        {
            Prepare(PieceQueue.Workers(ChunkCount, threads), forGradients: false);
            _forwardQueue.Run(ChunkCount, threads);
        }
        else
        {
            Prepare(PieceQueue.Workers(StripCount, threads), forGradients: true);
            _gradientQueue.Run(StripCount, threads);
            Reduce(weightGradients, threads);
        }

        _call = default;
    }

    private void Prepare(int workers, bool forGradients)
    {
        if (_runners.Length < workers)
            Array.Resize(ref _runners, workers);
        for (var worker = 0; worker < workers; worker++)
        {
            if (_runners[worker] is not { } runner || (forGradients && !runner.ForGradients))
                _runners[worker] = new(_plan, _columns.Matrix, _columns.Transposed, _blocks, forGradients);
            _runners[worker]!.LoadWeights(_coefficients);
        }

        for (var strip = 0; forGradients && strip < StripCount; strip++)
        {
            _cotangents[strip] ??= new double[_plan.Rows * _plan.Columns];
            _entryGradients[strip] ??= new double[_weights.Length];
        }
    }

    private void RunForwardChunk(int worker, int chunk) => _runners[worker]!.Forward(_call, Start(chunk), Start(chunk + 1));

    private void RunGradientStrip(int worker, int strip)
    {
        var (cotangents, gradients) = (_cotangents[strip], _entryGradients[strip]);
        Array.Clear(cotangents);
        Array.Clear(gradients);
        var end = (int)((strip + 1L) * ChunkCount / StripCount);
        for (var chunk = (int)((long)strip * ChunkCount / StripCount); chunk < end; chunk++)
            _runners[worker]!.Backward(_call, Start(chunk), Start(chunk + 1), cotangents, gradients);
    }

    private void Reduce(Span<T> weightGradients, int threads)
    {
        Array.Clear(_weightGradients);
        var sums = _cotangents[0];
        for (var strip = 0; strip < StripCount; strip++)
        {
            Add(_weightGradients, _entryGradients[strip]);
            if (strip > 0)
                Add(sums, _cotangents[strip]);
        }

        _columns.Undo(sums, _weightGradients, threads);
        for (var weight = 0; weight < weightGradients.Length; weight++)
            weightGradients[weight] = T.CreateTruncating(_weightGradients[weight]);
    }

    private static void Add(Span<double> sums, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += values[i];
    }

    private int Start(int chunk) => (int)Math.Min((long)chunk * ChunkSize, _call.Batch);
}
