using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines;

/// <summary>A fixed linear combination of engines that compute the same kind of circuit: same inputs, weights and outputs.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CombinedEngine<T> : IExpectationEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IExpectationEngine<T>[] _engines;
    private readonly T[] _coefficients;
    private int _threads = 1;

    /// <summary>Σ coefficient · engine.</summary>
    /// <exception cref="ArgumentException">No engines, not one coefficient an engine, or circuits of different shape.</exception>
    public CombinedEngine(IReadOnlyList<IExpectationEngine<T>> engines, IReadOnlyList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(engines);
        ArgumentNullException.ThrowIfNull(coefficients);
        if (engines.Count == 0 || engines.Count != coefficients.Count)
            throw new ArgumentException($"{engines.Count} engines and {coefficients.Count} coefficients do not fit", nameof(coefficients));
        _engines = [.. engines];
        _coefficients = [.. coefficients.Select(T.CreateTruncating)];
        static (int, int, int) Shape(IExpectationEngine<T> e) => (e.Circuit.InputCount, e.Circuit.WeightCount, e.OutputCount);
        if (_engines.Any(engine => Shape(engine) != Shape(_engines[0])))
            throw new ArgumentException("the engines' circuits differ in inputs, weights or outputs", nameof(engines));
    }

    /// <summary>The first engine's circuit.</summary>
    public Circuit Circuit => _engines[0].Circuit;

    /// <inheritdoc/>
    public int OutputCount => _engines[0].OutputCount;

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
        var part = new T[expectations.Length];
        expectations.Clear();
        for (var k = 0; k < _engines.Length; k++)
        {
            _engines[k].Forward(inputs, weights, part);
            Add(part, _coefficients[k], expectations);
        }
    }

    /// <inheritdoc/>
    public void VectorJacobianProduct(
        ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, ReadOnlySpan<T> cotangents, Span<T> inputGradients, Span<T> weightGradients)
    {
        var (inputPart, weightPart) = (new T[inputGradients.Length], new T[weightGradients.Length]);
        inputGradients.Clear();
        weightGradients.Clear();
        for (var k = 0; k < _engines.Length; k++)
        {
            _engines[k].VectorJacobianProduct(inputs, weights, cotangents, inputPart, weightPart);
            Add(inputPart, _coefficients[k], inputGradients);
            Add(weightPart, _coefficients[k], weightGradients);
        }
    }

    private static void Add(ReadOnlySpan<T> part, T coefficient, Span<T> sum)
    {
        for (var k = 0; k < sum.Length; k++)
            sum[k] += coefficient * part[k];
    }
}
