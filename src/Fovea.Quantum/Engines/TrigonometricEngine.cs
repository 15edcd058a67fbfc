using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;
using Fovea.Quantum.Engines.Trigonometric;

namespace Fovea.Quantum.Engines;

/// <summary>
/// Exact expectation values as polynomials in the Bloch vectors of the input qubits: once a call the observables are pulled back
/// through the weights' gates to Pauli coefficients, then every sample costs a sparse bilinear form. An output's terms live
/// on its light cone, so shallow local circuits cost linearly in the number of wires, and 64 wires run. Takes circuits whose
/// inputs come before the entangling gates (no data re-uploading, no amplitude encoding) and that need at most 131,072
/// coefficients. Source: trigonometric form of Schuld, Sweke and Meyer 2021 (arXiv 2008.08605) with Heisenberg-picture
/// coefficients (Rall et al. 2019, arXiv 1901.09070). After the first call of a batch size no memory is allocated on one
/// thread, and a few kilobytes by the thread pool on more.
/// </summary>
/// <typeparam name="T">float or double. Coefficients and weight gradients are computed in double either way.</typeparam>
public sealed class TrigonometricEngine<T> : IExpectationEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBatchExecutor<T> _executor;
    private int _threads = 1;

    /// <summary>Plans a circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="threads">Most threads one call may use, at least 1.</param>
    /// <exception cref="NotSupportedException">
    /// The circuit is not of this form, and the message says why; or <typeparamref name="T"/> is neither float nor double.
    /// </exception>
    public TrigonometricEngine(Circuit circuit, int threads = 1)
        : this(circuit, threads, LaneWidth.Bytes)
    {
    }

    /// <summary>As above with a register width of 16, 32 or 64 bytes, whatever the machine has.</summary>
    internal TrigonometricEngine(Circuit circuit, int threads, int laneBytes)
        : this(Plan(circuit), threads, laneBytes)
    {
    }

    /// <summary>The engine of a plan.</summary>
    internal TrigonometricEngine(TrigonometricPlan plan, int threads, int laneBytes)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"the trigonometric engine computes in float or double, not {typeof(T).Name}");
        Circuit = plan.Circuit;
        Threads = threads;
        _executor = laneBytes switch
        {
            64 => new TileExecutor<Lanes512<T>, T>(plan),
            32 => new TileExecutor<Lanes256<T>, T>(plan),
            16 => new TileExecutor<Lanes128<T>, T>(plan),
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

    private static TrigonometricPlan Plan(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return TrigonometricPlan.TryCreate(circuit, out var reason)
            ?? throw new NotSupportedException($"the trigonometric engine cannot run this circuit: {reason}");
    }
}
