using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>One step of an ansatz layer: the same gates on every wire list of a pattern.</summary>
/// <param name="Gates">
/// Gates applied in time order to each wire list; each gate with an angle takes a new weight. A gate on one wire acts on every wire
/// of a longer list in turn, with a weight each.
/// </param>
/// <param name="Pattern">The wire lists, in order.</param>
public sealed record GateRule(IReadOnlyList<GateKind> Gates, WirePattern Pattern)
{
    /// <summary>Rot = RZ, RY, RZ in time order on every wire, three weights each.</summary>
    public static GateRule RotEach { get; } = new([GateKind.RZ, GateKind.RY, GateKind.RZ], WirePattern.Each);

    /// <summary>RY, RZ in time order on every wire, two weights each.</summary>
    public static GateRule RyRzEach { get; } = new([GateKind.RY, GateKind.RZ], WirePattern.Each);

    /// <summary>Whether the gates take turns along the wire lists, one gate a list, instead of all acting on each list.</summary>
    public bool TakesTurns { get; init; }

    /// <summary>Appends the gates for layer <paramref name="layer"/> (from 0).</summary>
    public void Append(CircuitBuilder builder, int layer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var (position, wires) in Pattern.Wires(builder.WireCount, layer).Index())
        {
            foreach (var gate in TakesTurns ? [Gates[position % Gates.Count]] : Gates)
                Append(builder, GateInfo.Of(gate), wires);
        }
    }

    /// <summary>"RZ RY RZ on i for i = 0..n-1".</summary>
    public override string ToString() => $"{string.Join(' ', Gates)}{(TakesTurns ? " in turn" : "")} on {Pattern.Expression}";

    private static void Append(CircuitBuilder builder, GateInfo gate, int[] wires)
    {
        foreach (var acted in gate.WireCount == 1 ? wires.Chunk(1) : [wires])
            builder.Append(gate.Kind, gate.HasAngle ? builder.NewWeight() : null, acted);
    }
}
