using Fovea.Core.Progress;
using Fovea.Laboratory.Circuits;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Laboratory;

/// <summary>Which ansätze are compared at which sizes.</summary>
public sealed record ComparisonRequest
{
    /// <summary>The paper's five as we reconstruct them (arXiv 2508.09903): the default of a comparison.</summary>
    public static IReadOnlyList<string> DefaultNames { get; } = ["strongly-entangling", "hqconv", "fqconv", "ese1-recon", "ese2-recon"];

    /// <summary>The ansätze.</summary>
    public required IReadOnlyList<Ansatz> Ansaetze { get; init; }

    /// <summary>Numbers of qubits; sizes that an ansatz cannot be laid out on are left out.</summary>
    public IReadOnlyList<int> Qubits { get; init; } = [.. Enumerable.Range(2, 11)];

    /// <summary>Numbers of layers.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [.. Enumerable.Range(1, 6)];

    /// <summary>The encoding.</summary>
    public InputEncoding Encoding { get; init; } = InputEncoding.Y;

    /// <summary>Whether it is repeated before every layer.</summary>
    public bool Reupload { get; init; }

    /// <summary>How each is analysed; its <see cref="AnalysisOptions.SpeedSeconds"/> are spent after everything else, one cell after the other.</summary>
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>Most threads, at least 1. Figures don't depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Receives progress; null for none.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>The circuits, by ansatz, then qubits, then layers.</summary>
    public IReadOnlyList<AnsatzSubject> Subjects() =>
    [
        .. from ansatz in Ansaetze
           from qubits in Qubits
           where ansatz.Wires.Allows(qubits)
           from layers in Layers
           select new AnsatzSubject(ansatz, qubits, layers, Encoding, Reupload),
    ];
}
