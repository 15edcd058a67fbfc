namespace Fovea.Hardware.Compilation;

/// <summary>
/// What a trial loses: the sum of −log fidelity of its gates and measurements first (as in mapomatic, arXiv 2209.15512); where devices
/// make no difference, the fewest entanglers, pulses and qubits.
/// </summary>
internal readonly record struct LayoutCost(double Infidelity, int Entanglers, int Pulses, int Qubits) : IComparable<LayoutCost>
{
    // Sums of the same terms in another order.
    private const double Tolerance = 1e-12;

    public static LayoutCost Of(DeviceGraph map, CompiledLayout layout)
    {
        var gates = NativeWriter.Write(map, layout.Steps, foldingFactor: 1);
        var infidelity = layout.End.Qubits.ToArray().Sum(map.ReadoutCost);
        foreach (var gate in gates.Where(gate => gate.Kind != NativeKind.Rotation))
            infidelity += gate.Second < 0 ? map.PulseCost(gate.First) : map.EdgeCost(gate.First, gate.Second);
        return new(
            infidelity,
            gates.Count(gate => gate.Kind == NativeKind.Entangler),
            gates.Count(gate => gate.Kind == NativeKind.Pulse),
            layout.UsedQubits().Length);
    }

    public int CompareTo(LayoutCost other) => Math.Abs(Infidelity - other.Infidelity) > Tolerance * Math.Max(1, Infidelity)
        ? Infidelity.CompareTo(other.Infidelity)
        : (Entanglers, Pulses, Qubits).CompareTo((other.Entanglers, other.Pulses, other.Qubits));
}
