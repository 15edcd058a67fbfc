using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;
using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.Noise;

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
public sealed class TrigonometricEngine<T> : BatchedEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
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

    /// <summary>
    /// Plans a noisy circuit. Channels are maps of the Pauli coefficients, composed where nothing trainable stands between them, so
    /// noise costs something once a call and nothing for a sample. Each wire's first gates may be fixed gates and channels and
    /// one rotation by an input; behind it come weights and channels in any order.
    /// </summary>
    /// <param name="noisy">The circuit. Without noise the engine is that of its circuit, bit for bit.</param>
    /// <param name="threads">Most threads one call may use, at least 1.</param>
    /// <exception cref="NotSupportedException">As above.</exception>
    public TrigonometricEngine(NoisyCircuit noisy, int threads = 1)
        : this(noisy, threads, LaneWidth.Bytes)
    {
    }

    /// <summary>As above with a register width of 16, 32 or 64 bytes, whatever the machine has.</summary>
    internal TrigonometricEngine(NoisyCircuit noisy, int threads, int laneBytes)
        : this(Plan(noisy), threads, laneBytes)
    {
    }

    /// <summary>As above with a register width of 16, 32 or 64 bytes, whatever the machine has.</summary>
    internal TrigonometricEngine(Circuit circuit, int threads, int laneBytes)
        : this(Plan(circuit), threads, laneBytes)
    {
    }

    internal TrigonometricEngine(TrigonometricPlan plan, int threads, int laneBytes)
        : base(plan.Circuit, threads, CreateExecutor(plan, laneBytes))
    {
    }

    private static IBatchExecutor<T> CreateExecutor(TrigonometricPlan plan, int laneBytes)
    {
        RequireFloatOrDouble();
        return laneBytes switch
        {
            64 => new TileExecutor<Lanes512<T>, T>(plan),
            32 => new TileExecutor<Lanes256<T>, T>(plan),
            16 => new TileExecutor<Lanes128<T>, T>(plan),
            _ => throw new ArgumentOutOfRangeException(nameof(laneBytes), laneBytes, "must be 16, 32 or 64"),
        };
    }

    private static TrigonometricPlan Plan(NoisyCircuit noisy)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        return TrigonometricPlan.TryCreate(noisy, out var reason)
            ?? throw new NotSupportedException($"the trigonometric engine cannot run this noisy circuit: {reason}");
    }

    private static TrigonometricPlan Plan(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return TrigonometricPlan.TryCreate(circuit, out var reason)
            ?? throw new NotSupportedException($"the trigonometric engine cannot run this circuit: {reason}");
    }
}

/// <summary>Trigonometric engines where a circuit may be of another form.</summary>
public static class TrigonometricEngine
{
    /// <summary>Plans a noisy circuit as the engine's constructor does, or says why it cannot run it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="noisy">The circuit.</param>
    /// <param name="threads">Most threads one call may use, at least 1.</param>
    /// <param name="reason">Why not; empty where it can.</param>
    public static TrigonometricEngine<T>? TryCreate<T>(NoisyCircuit noisy, int threads, out string reason)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(noisy);
        var plan = TrigonometricPlan.TryCreate(noisy, out var why);
        reason = plan is null ? $"the trigonometric engine cannot run this noisy circuit: {why}" : "";
        return plan is null ? null : new(plan, threads, LaneWidth.Bytes);
    }
}
