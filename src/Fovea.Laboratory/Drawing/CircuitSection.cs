using System.Xml;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>A named stretch of a circuit: from one operation to the beginning of the next section or the end.</summary>
public sealed record CircuitSection
{
    /// <summary>Names the stretch that begins at an operation.</summary>
    /// <param name="start">Index of its first operation.</param>
    /// <param name="label">What is written above it; one line.</param>
    /// <exception cref="ArgumentException">
    /// A negative start, an empty label, or one with characters that a line of text or XML cannot hold.
    /// </exception>
    public CircuitSection(int start, string label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        if (!label.All(c => XmlConvert.IsXmlChar(c) && !char.IsControl(c)))
            throw new ArgumentException("a label is one line of plain characters", nameof(label));
        Start = start;
        Label = label;
    }

    /// <summary>Index of its first operation.</summary>
    public int Start { get; }

    /// <summary>What is written above it.</summary>
    public string Label { get; }

    /// <summary>"encoding", "layer 1", "layer 2", …, where the circuit of an ansatz has them.</summary>
    /// <param name="subject">The ansatz and its size.</param>
    /// <param name="encode">Whether the circuit is <see cref="AnsatzSubject.WithEncoding"/>, not <see cref="AnsatzSubject.WithoutEncoding"/>.</param>
    public static IReadOnlyList<CircuitSection> Split(AnsatzSubject subject, bool encode = true)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var sections = new List<CircuitSection>();
        var builder = new CircuitBuilder(subject.Qubits);
        foreach (var (name, append) in subject.Parts(encode))
        {
            var start = builder.Build().Operations.Length;
            append(builder);
            if (builder.Build().Operations.Length > start)
                sections.Add(new CircuitSection(start, name));
        }

        return sections;
    }
}

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
