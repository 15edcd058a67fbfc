using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary><c>ctrl @</c> a gate, where every gate it stands for has a controlled twin among ours.</summary>
internal sealed record ControlledGate(Gate Inner) : Gate("ctrl @ " + Inner.Name, Inner.ParameterCount, Inner.WireCount + 1)
{
    /// <summary>For messages.</summary>
    public const string Allowed = "ctrl @ takes x, y, z, s, sdg, t, tdg, p, rx, ry, rz, cx and id";

    public override int Depth => Inner.Depth + 1;

    public override bool HasExactPhase => Inner.HasExactPhase;

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        var plain = sink.Branch();
        Inner.Expand(plain, angles, wires[1..]);
        foreach (var operation in plain.Operations)
            AddControlled(sink, wires[0], operation);
    }

    private void AddControlled(GateSink sink, int control, Operation operation)
    {
        if (operation.Kind == GateKind.I)
            return;
        var (kind, angle) = operation.Kind switch
        {
            GateKind.X => (GateKind.CNOT, null),
            GateKind.Y => (GateKind.CY, null),
            GateKind.Z => (GateKind.CZ, null),
            GateKind.S => (GateKind.ControlledPhase, Angle.Constant(Math.PI / 2)),
            GateKind.T => (GateKind.ControlledPhase, Angle.Constant(Math.PI / 4)),
            GateKind.Phase => (GateKind.ControlledPhase, operation.Angle),
            GateKind.RX => (GateKind.CRX, operation.Angle),
            GateKind.RY => (GateKind.CRY, operation.Angle),
            GateKind.RZ => (GateKind.CRZ, operation.Angle),
            GateKind.CNOT => (GateKind.Toffoli, (Angle?)null),
            _ => throw sink.Position.Error($"no gate for '{Name}'", Allowed),
        };
        sink.Add(new Operation(kind, [control, .. operation.Wires], angle));
    }
}
