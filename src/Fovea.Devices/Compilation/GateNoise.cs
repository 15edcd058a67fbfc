using System.Collections.Immutable;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Noise;

namespace Fovea.Devices.Compilation;

/// <summary>
/// The channels behind a native gate: its over-rotation, relaxation of its qubits for its duration, and as much depolarizing as makes
/// the average infidelity of relaxation and depolarizing together the gate's error. Where relaxation alone exceeds the error, there is
/// no depolarizing; where the error exceeds complete depolarizing, depolarizing is complete.
/// </summary>
internal sealed class GateNoise(DeviceGraph map)
{
    private readonly Dictionary<(int, int, int), ImmutableArray<PlacedChannel>> _ofGate = [];
    private readonly Dictionary<(int, long), QuantumChannel> _ofGap = [];

    /// <summary>What goes with a gate, in order.</summary>
    public ImmutableArray<PlacedChannel> Of(NativeGate gate)
    {
        var key = (gate.First, gate.Second, gate.Sense);
        if (gate.Kind == NativeKind.Rotation)
            return [];
        if (!_ofGate.TryGetValue(key, out var channels))
            _ofGate[key] = channels = Make(gate);
        return channels;
    }

    /// <summary>Relaxation of a qubit that waits.</summary>
    public QuantumChannel Idle(int qubit, long ticks)
    {
        if (!_ofGap.TryGetValue((qubit, ticks), out var channel))
            _ofGap[(qubit, ticks)] = channel = Relaxation(qubit, Schedule.Seconds(ticks));
        return channel;
    }

    /// <summary>
    /// The p of ρ → (1−p)ρ + p·I/2ᵏ that makes up an average infidelity e with relaxation. With the trace of the transfer matrix
    /// T = Tr R, 1 − e = (T/d + 1)/(d + 1) for d = 2ᵏ, and depolarizing multiplies all of it but R[I, I] = 1 by 1 − p.
    /// </summary>
    /// <param name="relaxationTrace">T of relaxation alone.</param>
    /// <param name="qubits">k.</param>
    /// <param name="error">e.</param>
    internal static double DepolarizingStrength(double relaxationTrace, int qubits, double error)
    {
        var d = 1 << qubits;
        var target = d * (((d + 1) * (1 - error)) - 1);
        return relaxationTrace <= 1 ? 0 : Math.Clamp(1 - ((target - 1) / (relaxationTrace - 1)), 0, 1);
    }

    private ImmutableArray<PlacedChannel> Make(NativeGate gate)
    {
        ImmutableArray<int> qubits = [.. gate.Qubits];
        var properties = qubits.Length == 1 ? map.Profile.Qubits[gate.First].Pulse : map.Edge(gate.First, gate.Second).Gate;
        var channels = ImmutableArray.CreateBuilder<PlacedChannel>();
        channels.Add(new(Excess(gate, properties.OverRotation), qubits));
        var trace = 1.0;
        foreach (var qubit in qubits)
        {
            var relaxation = Relaxation(qubit, properties.Seconds);
            trace *= relaxation.Transfer.Trace;
            channels.Add(new(relaxation, [qubit]));
        }

        var strength = DepolarizingStrength(trace, qubits.Length, properties.Error);
        channels.Add(new(Channels.DepolarizingByMixing(strength, qubits.Length), qubits));
        return [.. channels.Where(channel => !channel.Channel.IsIdentity)];
    }

    /// <summary>
    /// Behind the gate. An ECR is X₁·RZX(π/2), and X₁ turns the sign of the excess of RZX that it follows.
    /// </summary>
    private QuantumChannel Excess(NativeGate gate, double radians) => gate.Second < 0
        ? Channels.OverRotation("X", radians)
        : map.Entangler(gate.First, gate.Second) switch
        {
            EntanglingGate.CX => Channels.OverRotation("ZX", radians),
            EntanglingGate.ECR => Channels.OverRotation("ZX", -radians),
            _ => Channels.OverRotation("ZZ", gate.Sense * radians),
        };

    private QuantumChannel Relaxation(int qubit, double seconds)
    {
        var (t1, t2, excited, _, _) = map.Profile.Qubits[qubit];
        return Channels.ThermalRelaxation(t1, t2, seconds, excited);
    }
}
