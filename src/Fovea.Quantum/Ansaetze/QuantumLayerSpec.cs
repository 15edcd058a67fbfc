using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>
/// The settings of one quantum layer: encoded inputs, trainable weights, expectation values out (⟨Z⟩ of each qubit unless told otherwise).
/// </summary>
public sealed record QuantumLayerSpec
{
    /// <summary>Most layers accepted.</summary>
    public const int MaxLayers = 100;

    /// <summary>Number of qubits, 1 to <see cref="Circuit.MaxWires"/>. An engine may take fewer.</summary>
    public int Qubits { get; init; } = 8;

    /// <summary>Number of ansatz layers, 1 to <see cref="MaxLayers"/>.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>A name or alias of <see cref="AnsatzRegistry"/>, or of the ansatz that <see cref="Definition"/> declares.</summary>
    public string Ansatz { get; init; } = "ese2-recon";

    /// <summary>The text of the user's own ansatz (docs/ansatz.md), or null where <see cref="AnsatzRegistry"/> knows it.</summary>
    public string? Definition { get; init; }

    /// <summary>How the inputs get into the state: one a qubit, or 2^qubits for <see cref="InputEncoding.Amplitude"/>.</summary>
    public InputEncoding Encoding { get; init; } = InputEncoding.Y;

    /// <summary>Whether the encoding is repeated before every layer (data re-uploading) instead of once.</summary>
    public bool Reupload { get; init; }

    /// <summary>
    /// The encodings of the uploads in turn, a letter each ("YZX"), or empty for <see cref="Encoding"/> in all. Takes <see cref="Reupload"/>. Z is RZ alone,
    /// but
    /// in the first upload, where H comes before it as in <see cref="InputEncoding.Z"/>.
    /// </summary>
    public string Axes { get; init; } = "";

    /// <summary>Whether each upload has inputs of its own (upload u those from u·<see cref="Qubits"/> on) instead of all the same.</summary>
    public bool OwnInputs { get; init; }

    /// <summary>How often inputs are encoded.</summary>
    public int Uploads => Reupload ? Layers : 1;

    /// <summary>What is measured, as <see cref="LayerObservables"/> reads it.</summary>
    public string Observables { get; init; } = "Z";

    /// <summary>
    /// Whether RZ and RY, with weights of their own, follow the last layer on each wire: what is measured on a wire is then an axis that training finds, for
    /// any direction is that of Z after such a rotation.
    /// </summary>
    public bool ReadoutRotation { get; init; }

    /// <summary>Numbers that a circuit gives.</summary>
    /// <exception cref="ArgumentException"><see cref="Observables"/> breaks a rule.</exception>
    public int OutputCount => LayerObservables.Of(Observables, Qubits).Length;

    /// <summary>Every problem of these settings, one line each with the allowed values; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var (ansatz, problem) = FindAnsatz();
        return Validate(ansatz, problem);
    }

    /// <summary>The circuit: encoding, then layers; with re-uploading the encoding comes before every layer.</summary>
    /// <exception cref="InputException">The settings are invalid; the message is one line and joins every problem.</exception>
    public Circuit BuildCircuit()
    {
        var (ansatz, problem) = FindAnsatz();
        return Build(ansatz, Validate(ansatz, problem));
    }

    /// <summary>The circuit with an ansatz from anywhere in place of the named one; what is wrong in its file is reported there.</summary>
    /// <exception cref="InputException">The settings are invalid; the message is one line and joins every problem.</exception>
    public Circuit BuildCircuit(Ansatz ansatz)
    {
        ArgumentNullException.ThrowIfNull(ansatz);
        return Build(ansatz, Validate(ansatz, null));
    }

    private Circuit Build(Ansatz? ansatz, List<string> problems)
    {
        if (ansatz is null || problems.Count > 0)
            throw new InputException("quantum layer: " + string.Join("; ", problems));
        var builder = new CircuitBuilder(Qubits);
        for (var layer = 0; layer < Layers; layer++)
        {
            if (layer < Uploads)
                AppendUpload(builder, layer);
            ansatz.AppendLayer(builder, layer);
        }

        for (var wire = 0; ReadoutRotation && wire < Qubits; wire++)
            builder.RZ(builder.NewWeight(), wire).RY(builder.NewWeight(), wire);
        return builder.Build(LayerObservables.Of(Observables, Qubits).Select(measured => measured.Observable));
    }

    private void AppendUpload(CircuitBuilder builder, int upload)
    {
        var firstInput = OwnInputs ? upload * Qubits : 0;
        var encoding = Axes.Length == 0 ? Encoding : Enum.Parse<InputEncoding>($"{Axes[upload % Axes.Length]}");
        if (Axes.Length == 0 || upload == 0 || encoding != InputEncoding.Z)
        {
            encoding.Append(builder, firstInput);
            return;
        }

        for (var wire = 0; wire < Qubits; wire++)
            builder.RZ(Angle.Input(firstInput + wire), wire);
    }

    private (Ansatz? Ansatz, string? Problem) FindAnsatz()
    {
        if (Definition is null)
            return AnsatzRegistry.Find(Ansatz) is { } known ? (known, null) : (null, AnsatzRegistry.UnknownName(Ansatz));
        try
        {
            var own = AnsatzDefinition.Parse(Definition, Ansatz + AnsatzFile.Extension);
            return own.IsCalled(Ansatz) ? (own, null) : (null, $"ansatz '{Ansatz}' is not what its definition declares; allowed: {own.Name}");
        }
        catch (InputException e)
        {
            return (null, e.Message);
        }
    }

    private List<string> Validate(Ansatz? ansatz, string? ansatzProblem)
    {
        var problems = new List<string>();
        if (QubitProblem(ansatz) is { } problem)
            problems.Add(problem);
        if (Layers is < 1 or > MaxLayers)
            problems.Add($"layers: {Layers} is not allowed; allowed: 1 to {MaxLayers}");
        if (ansatzProblem is not null)
            problems.Add(ansatzProblem);
        if (!Enum.IsDefined(Encoding))
            problems.Add($"encoding: {(int)Encoding} is not one of {Names(Enum.GetValues<InputEncoding>())}");
        if (Qubits > 0 && LayerObservables.Problem(Observables, Qubits) is { } observables)
            problems.Add(observables);
        if (Axes.Any(axis => !"XYZ".Contains(axis)))
            problems.Add($"encoding: '{Axes}' names axes by upload; allowed: the letters X, Y, Z");
        if (Axes.Length > 0 && !Reupload)
            problems.Add($"encoding: '{Axes}' names axes by upload, and there is one upload; allowed with re-uploading");
        if (OwnInputs && (Encoding is InputEncoding.Amplitude or InputEncoding.Iqp))
            problems.Add($"encoding: inputs of each upload's own go with rotations; allowed: X, Y, Z, not {Encoding.Name()}");
        if (Reupload && Encoding == InputEncoding.Amplitude)
            problems.Add($"reupload: amplitudes are prepared once, before the first gate; allowed with the encodings {Names(InputEncodings.OnePerWire)}");
        return problems;
    }

    private static string Names(IEnumerable<InputEncoding> encodings) => string.Join(", ", encodings.Select(InputEncodings.Name));

    private string? QubitProblem(Ansatz? ansatz)
    {
        if (Qubits is < 1 or > Circuit.MaxWires)
            return $"qubits: {Qubits} is not allowed; allowed: 1 to {Circuit.MaxWires}";
        if (Encoding == InputEncoding.Amplitude && Qubits > Circuit.MaxAmplitudeWires)
            return $"qubits: amplitude encoding takes up to {Circuit.MaxAmplitudeWires}, not {Qubits}";
        return ansatz is not null && !ansatz.Wires.Allows(Qubits) ? "qubits: " + ansatz.WireProblem(Qubits) : null;
    }
}
