using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Laboratory.Reports.Views;

/// <summary>One ansatz of a comparison.</summary>
/// <param name="Index">Its place in the comparison, which fixes its colour and marker in all charts.</param>
/// <param name="Ansatz">The ansatz.</param>
/// <param name="Cells">Its analyses, by qubits, then layers.</param>
internal sealed record AnsatzEntry(int Index, Ansatz Ansatz, IReadOnlyList<AnsatzAnalysis> Cells)
{
    /// <summary>Name in settings.</summary>
    public string Name => Ansatz.Name;

    /// <summary>Name for readers.</summary>
    public string Label { get; } = AnsatzLabel.Of(Ansatz);

    /// <summary>The analysis at that size, or null.</summary>
    public AnsatzAnalysis? At(CellSize size) => Cells.FirstOrDefault(cell => cell.Size() == size);

    /// <summary>The analysis at that size or the nearest to it.</summary>
    public AnsatzAnalysis Nearest(CellSize size) => Cells.MinBy(cell => cell.Size().DistanceTo(size))!;
}
