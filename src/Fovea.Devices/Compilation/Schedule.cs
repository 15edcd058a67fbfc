using System.Collections.Immutable;
using Fovea.Quantum.Noise;

namespace Fovea.Devices.Compilation;

/// <summary>
/// Gates as soon as their qubits are free. All qubits start together at 0 and are measured together at the end. Times are whole
/// femtoseconds, so that equal sums are equal and no gap is a rounding error.
/// </summary>
internal sealed class Schedule
{
    private const double TicksPerSecond = 1e15;

    private Schedule(ImmutableArray<ScheduledGate> gates, long end, int depth) => (Gates, End, Depth) = (gates, end, depth);

    /// <summary>By start time; gates on one qubit are in their order.</summary>
    public ImmutableArray<ScheduledGate> Gates { get; }

    /// <summary>When the measurements start.</summary>
    public long End { get; }

    /// <summary>Longest chain of gates, rotations not counted.</summary>
    public int Depth { get; }

    public static double Seconds(long ticks) => ticks / TicksPerSecond;

    public static Schedule Build(DeviceGraph map, IReadOnlyList<NativeGate> gates)
    {
        var free = new long[map.QubitCount];
        var depth = new int[map.QubitCount];
        var scheduled = new List<ScheduledGate>(gates.Count);
        foreach (var gate in gates)
        {
            var start = gate.Qubits.Max(qubit => free[qubit]);
            var end = start + Ticks(map, gate);
            var level = gate.Qubits.Max(qubit => depth[qubit]) + (gate.Kind == NativeKind.Rotation ? 0 : 1);
            foreach (var qubit in gate.Qubits)
                (free[qubit], depth[qubit]) = (end, level);
            scheduled.Add(new(gate, start, end));
        }

        return new([.. scheduled.OrderBy(gate => gate.Start)], free.Max(), depth.Max());
    }

    private static long Ticks(DeviceGraph map, NativeGate gate) => gate.Kind switch
    {
        NativeKind.Rotation => 0,
        NativeKind.Pulse => Ticks(map.Profile.Qubits[gate.First].Pulse.Seconds),
        _ => Ticks(map.Edge(gate.First, gate.Second).Gate.Seconds),
    };

    private static long Ticks(double seconds) => (long)Math.Round(seconds * TicksPerSecond);
}

/// <summary>A gate in its time, in ticks of <see cref="Schedule"/>.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends; rotations take no time.</param>
internal readonly record struct ScheduledGate(NativeGate Gate, long Start, long End);

/// <summary>A channel on qubits of the device.</summary>
internal readonly record struct PlacedChannel(QuantumChannel Channel, ImmutableArray<int> Qubits);
