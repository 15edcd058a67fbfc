using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Quantum.Ansaetze;

/// <summary>
/// The settings of one quantum layer: one input and one ⟨Z⟩ output per qubit, trainable weights in between.
/// </summary>
public sealed record QuantumLayerSpec
{
    /// <summary>Most layers accepted.</summary>
    public const int MaxLayers = 100;

    /// <summary>Number of qubits = inputs = outputs, 1 to <see cref="StateVectorMemory.MaxWires"/>.</summary>
    public int Qubits { get; init; } = 8;

    /// <summary>Number of ansatz layers, 1 to <see cref="MaxLayers"/>.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>A name or alias of <see cref="AnsatzRegistry"/>.</summary>
    public string Ansatz { get; init; } = "ese2-recon";

    /// <summary>The rotation that encodes the inputs.</summary>
    public EncodingAxis EncodingAxis { get; init; } = EncodingAxis.Y;

    /// <summary>Whether the encoding is repeated before every layer (data re-uploading) instead of once.</summary>
    public bool Reupload { get; init; }

    /// <summary>Every problem of these settings, one line each with the allowed values; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Qubits is < 1 or > StateVectorMemory.MaxWires)
            problems.Add(QubitProblem());
        if (Layers is < 1 or > MaxLayers)
            problems.Add($"layers: {Layers} is outside 1..{MaxLayers}");
        if (AnsatzRegistry.Find(Ansatz) is null)
            problems.Add(AnsatzRegistry.UnknownName(Ansatz));
        if (!Enum.IsDefined(EncodingAxis))
            problems.Add($"encoding axis: {(int)EncodingAxis} is not one of {string.Join(", ", Enum.GetNames<EncodingAxis>())}");
        return problems;
    }

    /// <summary>The circuit: encoding, then layers; with re-uploading the encoding comes before every layer.</summary>
    /// <exception cref="InputException">The settings are invalid; the message joins every problem.</exception>
    public Circuit BuildCircuit()
    {
        var problems = Validate();
        if (problems.Count > 0)
            throw new InputException("quantum layer: " + string.Join("; ", problems));
        var ansatz = AnsatzRegistry.Get(Ansatz);
        var builder = new CircuitBuilder(Qubits);
        for (var layer = 0; layer < Layers; layer++)
        {
            if (layer == 0 || Reupload)
                AngleEncoding.Append(builder, EncodingAxis);
            ansatz.AppendLayer(builder, layer);
        }

        return builder.Build();
    }

    private string QubitProblem()
    {
        var problem = $"qubits: {Qubits} is outside 1..{StateVectorMemory.MaxWires}";
        if (Qubits is < 1 or > Circuit.MaxWires)
            return problem;
        var gibibytes = StateVectorMemory.BytesPerThread(Qubits) / (double)(1L << 30);
        return problem + string.Create(
            CultureInfo.InvariantCulture,
            $" (a gradient at {Qubits} qubits would take {gibibytes:0.#} GiB of state vectors per thread)");
    }
}
