using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Circuits;

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

    /// <summary>"ese2-recon, n = 8, L = 3".</summary>
    public override string ToString() => $"{Ansatz.Name}, n = {Qubits}, L = {Layers}";

    private Circuit Build(bool encode)
    {
        var builder = new CircuitBuilder(Qubits);
        for (var layer = 0; layer < Layers; layer++)
        {
            if (encode && (layer == 0 || Reupload))
                Encoding.Append(builder);
            Ansatz.AppendLayer(builder, layer);
        }

        return builder.Build();
    }
}
