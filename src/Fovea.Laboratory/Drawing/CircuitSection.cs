using System.Xml;
using Fovea.Laboratory.Circuits;
using Fovea.Quantum.Ansaetze;
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
    public static IReadOnlyList<CircuitSection> Of(AnsatzSubject subject, bool encode = true)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var sections = new List<CircuitSection>();
        var builder = new CircuitBuilder(subject.Qubits);
        for (var layer = 0; layer < subject.Layers; layer++)
        {
            if (encode && (layer == 0 || subject.Reupload))
                Add("encoding", () => subject.Encoding.Append(builder));
            Add($"layer {layer + 1}", () => subject.Ansatz.AppendLayer(builder, layer));
        }

        return sections;

        void Add(string label, Action append)
        {
            var start = builder.Build().Operations.Length;
            append();
            if (builder.Build().Operations.Length > start)
                sections.Add(new CircuitSection(start, label));
        }
    }
}
