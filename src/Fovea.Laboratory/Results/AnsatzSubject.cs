using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Results;

/// <summary>One ansatz at one size, with its encoding: the circuit that a diagnostic looks at.</summary>
/// <param name="Ansatz">The ansatz.</param>
/// <param name="Qubits">Number of wires n, 2 or more.</param>
/// <param name="Layers">Number of layers L, 1 or more.</param>
/// <param name="Encoding">How inputs get into the state, one a wire.</param>
/// <param name="Reupload">Whether the encoding is repeated before every layer.</param>
public sealed record AnsatzSubject(Ansatz Ansatz, int Qubits, int Layers, InputEncoding Encoding = InputEncoding.Y, bool Reupload = false)
{
    /// <summary>The whole circuit, measured by Z on every wire.</summary>
    public Circuit WithEncoding() => Build(encode: true);

    /// <summary>The ansatz alone on |0…0⟩.</summary>
    public Circuit WithoutEncoding() => Build(encode: false);

    /// <summary>What the circuit is made of, in order: "encoding", "layer 1", "layer 2", …, with what appends it.</summary>
    /// <param name="encode">Whether inputs are encoded.</param>
    public IEnumerable<(string Name, Action<CircuitBuilder> Append)> Parts(bool encode = true)
    {
        for (var layer = 0; layer < Layers; layer++)
        {
            var number = layer;
            if (encode && (layer == 0 || Reupload))
                yield return ("encoding", builder => Encoding.Append(builder));
            yield return ($"layer {layer + 1}", builder => Ansatz.AppendLayer(builder, number));
        }
    }

    /// <summary>"ese2-recon, n = 8, L = 3".</summary>
    public override string ToString() => $"{Ansatz.Name}, n = {Qubits}, L = {Layers}";

    private Circuit Build(bool encode)
    {
        var builder = new CircuitBuilder(Qubits);
        foreach (var (_, append) in Parts(encode))
            append(builder);
        return builder.Build();
    }
}

/// <summary>Which circuits the laboratory takes.</summary>
public static class SubjectRules
{
    /// <summary>Fewest qubits: with one there is nothing to entangle.</summary>
    public const int MinQubits = 2;

    /// <summary>Most qubits: whole states are simulated.</summary>
    public const int MaxQubits = 14;

    /// <summary>Most layers.</summary>
    public const int MaxLayers = 50;

    /// <summary>The number of qubits that an ansatz takes and that is nearest to another; that other where it takes none within the limits.</summary>
    /// <param name="ansatz">The ansatz.</param>
    /// <param name="usual">The number wanted.</param>
    /// <param name="most">The most, up to <see cref="MaxQubits"/>.</param>
    public static int NearestQubits(Ansatz ansatz, int usual, int most = MaxQubits)
    {
        ArgumentNullException.ThrowIfNull(ansatz);
        return Enumerable.Range(MinQubits, most - MinQubits + 1).Where(ansatz.Wires.Allows).DefaultIfEmpty(usual).MinBy(qubits => Math.Abs(qubits - usual));
    }

    /// <summary>Checks one circuit.</summary>
    /// <exception cref="InputException">It is not accepted; one line with the rule.</exception>
    public static void Check(AnsatzSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Qubits is < MinQubits or > MaxQubits)
            throw InputException.NotAllowed(nameof(subject.Qubits), subject.Qubits, $"{MinQubits} to {MaxQubits}");
        if (subject.Layers is < 1 or > MaxLayers)
            throw InputException.NotAllowed(nameof(subject.Layers), subject.Layers, $"1 to {MaxLayers}");
        if (subject.Encoding == InputEncoding.Amplitude)
            throw new InputException($"{new NamedInput("Encoding")} amplitude is not allowed: the laboratory takes one input a qubit; allowed: X, Y, Z, iqp");
        if (!subject.Ansatz.Wires.Allows(subject.Qubits))
            throw new InputException($"{new NamedInput("Qubits")} {subject.Qubits} is not allowed: {subject.Ansatz.Name} takes {subject.Ansatz.Wires.Text}");
        if (subject.Ansatz.WeightCount(subject.Qubits, subject.Layers) == 0)
            throw new InputException($"ansatz {subject.Ansatz.Name} has no parameters at {subject.Qubits} qubits: there is nothing to train");
    }
}
