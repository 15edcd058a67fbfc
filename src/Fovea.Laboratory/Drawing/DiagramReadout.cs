using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>What a drawing says of the outputs: ⟨Z⟩ at the end of a wire, anything else in a line below.</summary>
internal sealed class DiagramReadout
{
    /// <summary>More than these would bury the drawing.</summary>
    private const int MaxLines = 16;

    private const int MaxTerms = 6;

    private readonly ulong _wires;

    public DiagramReadout(Circuit circuit)
    {
        var observables = circuit.Observables;
        var measured = observables.Select(o => o.SingleZWire).Where(wire => wire >= 0).ToArray();
        _wires = measured.Aggregate(0UL, (mask, wire) => mask | 1UL << wire);
        // The ends of the wires tell the order of the outputs only where it is the order of the wires.
        var isOrdered = measured.Zip(measured.Skip(1)).All(pair => pair.First < pair.Second);
        var listed = observables.Index().Where(entry => !isOrdered || entry.Item.SingleZWire < 0).ToArray();
        Lines =
        [
            .. listed.Take(MaxLines).Select(entry => $"output {entry.Index}: {Text(entry.Item)}"),
            .. listed.Length > MaxLines ? [$"and {listed.Length - MaxLines} more outputs"] : Array.Empty<string>(),
        ];
    }

    /// <summary>Whether any wire ends in a measurement.</summary>
    public bool HasMeasuredWires => _wires != 0;

    /// <summary>The other outputs, one a line.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Whether Z on this wire alone is an output.</summary>
    public bool IsMeasured(int wire) => (_wires >> wire & 1) != 0;

    private static string Text(Observable observable) => observable.Terms.Length > MaxTerms
        ? $"a sum of {observable.Terms.Length} Pauli strings"
        : $"⟨{string.Join(" + ", observable.Terms.Select(Text)).Replace("+ -", "- ", StringComparison.Ordinal)}⟩";

    private static string Text(PauliTerm term) => term.Coefficient is 1 or -1
        ? term.ToString()
        : $"{AngleLabel.Number(term.Coefficient)}*{term.Pauli}";
}
