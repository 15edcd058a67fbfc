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

/// <summary>Checks the lengths and numbers of a call at the public edge of the engines.</summary>
internal static class BatchShape
{
    /// <summary>The batch size of a call, read from the output (or cotangent) length.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or an input or weight is not finite.</exception>
    public static int Check<T>(
        Circuit circuit, int outputLength, string outputName, ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outputs = circuit.Observables.Length;
        if (outputLength % outputs != 0)
            throw new ArgumentException($"length {outputLength} is not a multiple of the {outputs} outputs", outputName);
        var batch = outputLength / outputs;
        if (inputs.Length != (long)batch * circuit.InputCount)
            throw new ArgumentException($"length {inputs.Length} is not batch {batch} × {circuit.InputCount} inputs", nameof(inputs));

        if (weights.Length != circuit.WeightCount)
            throw new ArgumentException($"length {weights.Length} is not the weight count {circuit.WeightCount}", nameof(weights));
        if (NonFinite.IndexOf(inputs) is var input && input >= 0)
        {
            throw new ArgumentException(
                $"input {input % circuit.InputCount} of sample {input / circuit.InputCount} is {inputs[input]}; inputs must be finite", nameof(inputs));
        }

        if (NonFinite.IndexOf(weights) is var weight && weight >= 0)
            throw new ArgumentException($"weight {weight} is {weights[weight]}; weights must be finite", nameof(weights));
        return batch;
    }

    /// <summary>Checks that the gradient buffers are as long as what they are the gradients of.</summary>
    public static void CheckGradients(int inputs, int inputGradients, int weights, int weightGradients)
    {
        if (inputGradients != inputs)
            throw new ArgumentException($"length {inputGradients} is not that of the inputs, {inputs}", nameof(inputGradients));
        if (weightGradients != weights)
            throw new ArgumentException($"length {weightGradients} is not the weight count {weights}", nameof(weightGradients));
    }
}

/// <summary>Finds numbers that no engine can turn by: NaN and the infinities.</summary>
public static class NonFinite
{
    /// <summary>Index of the first NaN or infinity, or −1.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static int IndexOf<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var index = 0;
        for (; index + Vector<T>.Count <= values.Length; index += Vector<T>.Count)
        {
            // x − x is zero for finite x and NaN otherwise.
            var vector = new Vector<T>(values[index..]);
            if (!Vector.EqualsAll(vector - vector, Vector<T>.Zero))
                break;
        }

        for (; index < values.Length; index++)
        {
            if (!T.IsFinite(values[index]))
                return index;
        }

        return -1;
    }
}
