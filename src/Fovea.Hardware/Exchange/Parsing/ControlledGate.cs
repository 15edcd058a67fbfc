using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary><c>ctrl @</c> or <c>negctrl @</c> a gate: its gates and its phase under controls.</summary>
/// <param name="Inner">The gate.</param>
/// <param name="Values">[control]: whether the gate acts where the qubit is 1, not where it is 0.</param>
internal sealed record ControlledGate(Gate Inner, ImmutableArray<bool> Values)
    : Gate($"{(Values[0] ? "ctrl" : "negctrl")} @ " + Inner.Name, Inner.ParameterCount, Inner.WireCount + Values.Length)
{
    public override int Depth => Inner.Depth + 1;

    /// <summary>One more control in front; controls of a controlled gate are controls of the gate within.</summary>
    public static ControlledGate Of(Gate gate, bool value) => gate is ControlledGate controlled
        ? new(controlled.Inner, [value, .. controlled.Values])
        : new(gate, [value]);

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        var controls = wires[..Values.Length];
        var plain = sink.Branch();
        Inner.Expand(plain, angles, wires[Values.Length..]);
        Flip(sink, controls);
        var controlled = new ControlledOperations(sink);
        foreach (var operation in plain.Operations)
            controlled.Add(controls, operation);
        foreach (var phase in plain.Phases)
            controlled.AddPhase(controls, phase);
        Flip(sink, controls);
    }

    private void Flip(GateSink sink, ReadOnlySpan<int> controls)
    {
        for (var i = 0; i < controls.Length; i++)
        {
            if (!Values[i])
                sink.Add(GateKind.X, controls[i]);
        }
    }
}
