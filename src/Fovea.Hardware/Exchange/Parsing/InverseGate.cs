using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary><c>inv @</c> a gate: the inverses of its gates in reverse.</summary>
internal sealed record InverseGate(Gate Inner) : Gate("inv @ " + Inner.Name, Inner.ParameterCount, Inner.WireCount)
{
    public override int Depth => Inner.Depth + 1;

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        var forward = sink.Branch();
        Inner.Expand(forward, angles, wires);
        for (var i = forward.Operations.Count - 1; i >= 0; i--)
            AddInverse(sink, forward.Operations[i]);
        sink.Phases.AddRange(forward.Phases.Select(Negate));
    }

    private static void AddInverse(GateSink sink, Operation operation)
    {
        var wires = operation.Wires.AsSpan();
        switch (operation.Kind)
        {
            case GateKind.S:
                sink.Add(GateKind.Phase, AngleForm.Constant(-Math.PI / 2), wires);
                break;
            case GateKind.T:
                sink.Add(GateKind.Phase, AngleForm.Constant(-Math.PI / 4), wires);
                break;
            case GateKind.SX:
                StandardGates.AddInverseRoot(sink, wires[0]);
                break;
            default:
                // The others are their own inverse, or turn by an angle.
                sink.Add(operation.Angle is { } angle ? new Operation(operation.Kind, wires, Negate(angle)) : operation);
                break;
        }
    }

    private static Angle Negate(Angle angle) => angle.Source switch
    {
        AngleSource.Input => Angle.Input(angle.Index, -angle.Scale),
        AngleSource.InputProduct => Angle.InputProduct(angle.Index, angle.SecondIndex, -angle.Scale),
        _ => Angle.Constant(-angle.Scale),
    };
}
