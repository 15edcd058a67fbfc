using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines;

/// <summary>The public edge of the engines that run batches in SIMD lanes: checks a call and pins its memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class BatchedEngine<T> : IExpectationEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBatchExecutor<T> _executor;
    private int _threads = 1;

    private protected BatchedEngine(Circuit circuit, int threads, IBatchExecutor<T> executor)
    {
        Circuit = circuit;
        Threads = threads;
        _executor = executor;
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
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _threads = value;
        }
    }

    /// <inheritdoc/>
    public unsafe void Forward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> expectations)
    {
        var batch = BatchShape.Check(Circuit, expectations.Length, nameof(expectations), inputs, weights);
        if (batch == 0)
            return;
        fixed (T* x = inputs, y = expectations)
        {
            var call = new BatchCall<T> { Batch = batch, Inputs = x, Expectations = y };
            _executor.Run(call, weights, [], Threads);
        }
    }

    /// <inheritdoc/>
    public unsafe void VectorJacobianProduct(
        ReadOnlySpan<T> inputs,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<T> cotangents,
        Span<T> inputGradients,
        Span<T> weightGradients)
    {
        var batch = BatchShape.Check(Circuit, cotangents.Length, nameof(cotangents), inputs, weights);
        BatchShape.CheckGradients(inputs.Length, inputGradients.Length, weights.Length, weightGradients.Length);
        if (batch == 0)
        {
            weightGradients.Clear();
            return;
        }

        fixed (T* x = inputs, g = cotangents, dx = inputGradients)
        {
            var call = new BatchCall<T> { Batch = batch, Inputs = x, Cotangents = g, InputGradients = dx };
            _executor.Run(call, weights, weightGradients, Threads);
        }
    }

    /// <summary>Refuses number types without kernels.</summary>
    private protected static void RequireFloatOrDouble()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"this engine computes in float or double, not {typeof(T).Name}");
    }
}
