using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Views;

/// <summary>A comparison as its reports look at it: by ansatz, with the sizes that charts and findings choose.</summary>
internal sealed class ComparisonView
{
    /// <exception cref="ArgumentException">The comparison has no analysis.</exception>
    public ComparisonView(AnsatzComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Cells.Count == 0)
            throw new ArgumentException("the comparison has no analysis to report", nameof(comparison));
        Comparison = comparison;
        Ansaetze = [.. comparison.Cells.GroupBy(cell => cell.Subject.Ansatz.Name).Select(Entry)];
        Cells = [.. Ansaetze.SelectMany(entry => entry.Cells)];
        Noises = [.. Cells.SelectMany(cell => cell.Resilience).Select(r => r.Noise).Distinct()];
        Reference = SizeChoice.Nearest(Ansaetze, CellSize.Preferred);
        Layers = SizeChoice.Layers(Ansaetze, CellSize.Preferred.Layers);
        Largest = SizeChoice.LargestQubits(Ansaetze);
    }

    public AnsatzComparison Comparison { get; }

    /// <summary>Every ansatz, in the comparison's order.</summary>
    public IReadOnlyList<AnsatzEntry> Ansaetze { get; }

    /// <summary>Every analysis: by ansatz, qubits, layers.</summary>
    public IReadOnlyList<AnsatzAnalysis> Cells { get; }

    /// <summary>Every noise, in order of appearance.</summary>
    public IReadOnlyList<string> Noises { get; }

    /// <summary>The noises of devices.</summary>
    public IEnumerable<string> Devices => Noises.Where(noise => noise != AnalysisFigures.Depolarizing);

    /// <summary>The size at which ansätze are held side by side.</summary>
    public CellSize Reference { get; }

    /// <summary>The number of layers of charts over qubits.</summary>
    public int Layers { get; }

    /// <summary>The number of qubits of charts over layers.</summary>
    public int Largest { get; }

    /// <summary>The fit of an ansatz at that number of layers, or null.</summary>
    public GradientDecay? Decay(AnsatzEntry entry, int layers) =>
        Comparison.Decays.FirstOrDefault(decay => decay.Ansatz == entry.Name && decay.Layers == layers);

    private static AnsatzEntry Entry(IGrouping<string, AnsatzAnalysis> cells, int index) =>
        new(index, cells.First().Subject.Ansatz, [.. cells.OrderBy(cell => cell.Subject.Qubits).ThenBy(cell => cell.Subject.Layers)]);
}
