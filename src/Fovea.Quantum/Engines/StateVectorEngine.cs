using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines;

/// <summary>
/// Exact state-vector simulation with one circuit in each SIMD lane, and gradients by the adjoint method. The circuit is
/// compiled once: permutation gates cost nothing, neighbouring diagonal gates become one table of phases, leading
/// single-qubit gates a product state. Works up to <see cref="StateVectorMemory.MaxWires"/> wires; best from about eight
/// wires on and for data re-uploading. After the first call of a batch size no memory is allocated on one thread, and a
/// few kilobytes by the thread pool on more.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StateVectorEngine<T> : IExpectationEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBatchExecutor<T> _executor;
    private int _threads = 1;

    /// <summary>Compiles a circuit.</summary>
    /// <param name="circuit">At most <see cref="StateVectorMemory.MaxWires"/> wires.</param>
    /// <param name="threads">Most threads one call may use, at least 1.</param>
    /// <exception cref="ArgumentException">Too many wires; the message says how much memory it would take.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public StateVectorEngine(Circuit circuit, int threads = 1)
        : this(circuit, threads, LaneWidth.Bytes)
    {
    }

    /// <summary>As above with a register width of 16, 32 or 64 bytes, whatever the machine has.</summary>
    internal StateVectorEngine(Circuit circuit, int threads, int laneBytes)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        StateVectorMemory.CheckWires(circuit);
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"the state-vector engine computes in float or double, not {typeof(T).Name}");
        Circuit = circuit;
        Threads = threads;
        _executor = laneBytes switch
        {
            64 => new BatchExecutor<Lanes512<T>, T>(circuit),
            32 => new BatchExecutor<Lanes256<T>, T>(circuit),
            16 => new BatchExecutor<Lanes128<T>, T>(circuit),
            _ => throw new ArgumentOutOfRangeException(nameof(laneBytes), laneBytes, "must be 16, 32 or 64"),
        };
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
}
