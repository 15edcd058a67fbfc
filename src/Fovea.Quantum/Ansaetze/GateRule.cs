using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>One step of an ansatz layer: the same gates on every wire list of a pattern.</summary>
/// <param name="Gates">Gates applied in time order to each wire list; each gate with an angle takes a new weight.</param>
/// <param name="Pattern">The wire lists, in order.</param>
public sealed record GateRule(IReadOnlyList<GateKind> Gates, WirePattern Pattern)
{
    /// <summary>Rot = RZ, RY, RZ in time order on every wire, three weights each.</summary>
    public static GateRule RotEach { get; } = new([GateKind.RZ, GateKind.RY, GateKind.RZ], WirePattern.Each);

    /// <summary>Appends the gates for layer <paramref name="layer"/> (from 0).</summary>
    public void Append(CircuitBuilder builder, int layer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var wires in Pattern.Wires(builder.WireCount, layer))
        {
            foreach (var gate in Gates)
                builder.Append(gate, GateInfo.Of(gate).HasAngle ? builder.NewWeight() : null, wires);
        }
    }

    /// <summary>"RZ RY RZ on i for i = 0..n-1".</summary>
    public override string ToString() => $"{string.Join(' ', Gates)} on {Pattern.Expression}";
}
