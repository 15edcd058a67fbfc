using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.LightCones;

namespace Fovea.Quantum.Engines;

/// <summary>
/// Runs the parts of a circuit, each with an engine of its own, and puts their outputs and gradients together. The batch goes
/// through in slices, so that memory does not grow with it.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PartitionedEngine<T> : IExpectationEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SliceSize = 8192;
    private readonly CircuitPart[] _parts;
    private readonly IExpectationEngine<T>[] _engines;
    private readonly T[][] _weights;
    private readonly T[][] _weightGradients;
    private readonly double[] _sums;
    private T[] _inputs = [];
    private T[] _inputGradients = [];
    private T[] _outputs = [];
    private int _threads = 1;

    /// <summary>Puts engines together.</summary>
    /// <param name="circuit">The whole circuit.</param>
    /// <param name="parts">Its parts; every output in exactly one.</param>
    /// <param name="engines">The engine of each part; they become this engine's own.</param>
    /// <param name="threads">Most threads one call may use, at least 1.</param>
    /// <exception cref="ArgumentException">An output in no part or in two, or not one engine a part.</exception>
    public PartitionedEngine(
        Circuit circuit, IReadOnlyList<CircuitPart> parts, IReadOnlyList<IExpectationEngine<T>> engines, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(engines);
        if (!parts.Select(part => part.Circuit).SequenceEqual(engines.Select(engine => engine.Circuit)))
            throw new ArgumentException("there must be one engine for the circuit of each part", nameof(engines));
        var covered = parts.SelectMany(part => part.Outputs).Order();
        if (!covered.SequenceEqual(Enumerable.Range(0, circuit.Observables.Length)))
            throw new ArgumentException("the parts must cover every output once", nameof(parts));
        Circuit = circuit;
        _parts = [.. parts];
        _engines = [.. engines];
        _weights = [.. parts.Select(part => new T[part.Weights.Length])];
        _weightGradients = [.. parts.Select(part => new T[part.Weights.Length])];
        _sums = new double[circuit.WeightCount];
        Threads = threads;
    }

    /// <inheritdoc/>
    public Circuit Circuit { get; }

    /// <inheritdoc/>
    public int OutputCount => Circuit.Observables.Length;

    /// <inheritdoc/>
    public int Threads
    {
        get => _threads;
        set
        {
            foreach (var engine in _engines)
                engine.Threads = value;
            _threads = value;
        }
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> expectations)
    {
        var batch = BatchShape.Check(Circuit, expectations.Length, nameof(expectations), inputs, weights);
        GatherWeights(weights);
        for (var first = 0; first < batch; first += SliceSize)
        {
            var count = Math.Min(SliceSize, batch - first);
            var sliceInputs = inputs.Slice(first * Circuit.InputCount, count * Circuit.InputCount);
            var sliceOutputs = expectations.Slice(first * OutputCount, count * OutputCount);
            for (var k = 0; k < _parts.Length; k++)
            {
                var outputs = Buffer(ref _outputs, count * _parts[k].Outputs.Length);
                _engines[k].Forward(Gather(sliceInputs, Circuit.InputCount, _parts[k].Inputs.AsSpan(), count, ref _inputs), _weights[k], outputs);
                Scatter(outputs, _parts[k].Outputs.AsSpan(), sliceOutputs, OutputCount, count, add: false);
            }
        }
    }

    /// <inheritdoc/>
    public void VectorJacobianProduct(
        ReadOnlySpan<T> inputs,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<T> cotangents,
        Span<T> inputGradients,
        Span<T> weightGradients)
    {
        var batch = BatchShape.Check(Circuit, cotangents.Length, nameof(cotangents), inputs, weights);
        BatchShape.CheckGradients(inputs.Length, inputGradients.Length, weights.Length, weightGradients.Length);
        GatherWeights(weights);
        Array.Clear(_sums);
        inputGradients.Clear();
        for (var first = 0; first < batch; first += SliceSize)
        {
            var count = Math.Min(SliceSize, batch - first);
            AddSlice(
                inputs.Slice(first * Circuit.InputCount, count * Circuit.InputCount),
                cotangents.Slice(first * OutputCount, count * OutputCount),
                inputGradients.Slice(first * Circuit.InputCount, count * Circuit.InputCount),
                count);
        }

        for (var weight = 0; weight < weightGradients.Length; weight++)
            weightGradients[weight] = T.CreateTruncating(_sums[weight]);
    }

    private void AddSlice(ReadOnlySpan<T> inputs, ReadOnlySpan<T> cotangents, Span<T> inputGradients, int count)
    {
        for (var k = 0; k < _parts.Length; k++)
        {
            var part = _parts[k];
            var partInputs = Gather(inputs, Circuit.InputCount, part.Inputs.AsSpan(), count, ref _inputs);
            var partCotangents = Gather(cotangents, OutputCount, part.Outputs.AsSpan(), count, ref _outputs);
            var partGradients = Buffer(ref _inputGradients, partInputs.Length);
            _engines[k].VectorJacobianProduct(partInputs, _weights[k], partCotangents, partGradients, _weightGradients[k]);
            Scatter(partGradients, part.Inputs.AsSpan(), inputGradients, Circuit.InputCount, count, add: true);
            for (var weight = 0; weight < part.Weights.Length; weight++)
                _sums[part.Weights[weight]] += double.CreateTruncating(_weightGradients[k][weight]);
        }
    }

    private void GatherWeights(ReadOnlySpan<T> weights)
    {
        for (var k = 0; k < _parts.Length; k++)
        {
            for (var weight = 0; weight < _weights[k].Length; weight++)
                _weights[k][weight] = weights[_parts[k].Weights[weight]];
        }
    }

    private static Span<T> Gather(ReadOnlySpan<T> rows, int width, ReadOnlySpan<int> columns, int count, ref T[] buffer)
    {
        var gathered = Buffer(ref buffer, count * columns.Length);
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < columns.Length; column++)
                gathered[(row * columns.Length) + column] = rows[(row * width) + columns[column]];
        }

        return gathered;
    }

    private static void Scatter(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, Span<T> rows, int width, int count, bool add)
    {
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                ref var target = ref rows[(row * width) + columns[column]];
                var value = values[(row * columns.Length) + column];
                target = add ? target + value : value;
            }
        }
    }

    private static Span<T> Buffer(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new T[length];
        return buffer.AsSpan(0, length);
    }
}

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
