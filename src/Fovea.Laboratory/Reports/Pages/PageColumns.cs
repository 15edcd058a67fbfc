using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using Column = Fovea.Laboratory.Reports.Pages.AnsatzColumn;
using TableColumn = Fovea.Reporting.Pages.TableColumn<Fovea.Laboratory.Results.AnsatzAnalysis>;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>The columns of the page's tables.</summary>
internal static class PageColumns
{
    /// <summary>The ansatz.</summary>
    public static RowHeading<AnsatzAnalysis> Name { get; } =
        new("ansatz", cell => AnsatzName.Of(cell.Subject.Ansatz), cell => cell.Subject.Ansatz.Name);

    /// <summary>Everything.</summary>
    public static IReadOnlyList<TableColumn> All(ComparisonView view) =>
    [
        Column.Of("size", "n", cell => cell.Subject.Qubits),
        Column.Of("size", "L", cell => cell.Subject.Layers),
        .. Circuit(),
        Column.Of("gradient variance", "all pairs", cell => cell.Gradients.AllPairs),
        Column.Of("gradient variance", "live pairs", cell => cell.Gradients.LivePairs),
        Column.Of("entanglement, encoded", "Q", cell => cell.Entanglement.MeyerWallachEncoded),
        Column.Of("entanglement, encoded", "Q of Haar", cell => cell.Entanglement.MeyerWallachHaar),
        Column.Of("entanglement, encoded", "half cut (bits)", cell => cell.Entanglement.HalfCutEntropyEncoded),
        Column.Of("entanglement, encoded", "of Haar (bits)", cell => cell.Entanglement.HalfCutEntropyHaar),
        Column.Of("expressibility (nats)", "from |0…0⟩", cell => cell.Expressibility?.Divergence),
        Column.Of("expressibility (nats)", "encoded", cell => cell.Expressibility?.DivergenceEncoded),
        Column.Of("spectrum", "terms", cell => cell.Spectrum?.TotalTerms()),
        Column.Of("spectrum", "order", cell => cell.Spectrum?.HighestOrder),
        Column.Of("spectrum", "variance", cell => cell.Spectrum?.Variance),
        .. view.Noises.SelectMany(Noise),
        Column.Of("circuits a second", "forward", cell => cell.Cost.ForwardPerSecond),
        Column.Of("circuits a second", "with gradient", cell => cell.Cost.GradientPerSecond),
    ];

    /// <summary>The figures to choose an ansatz by.</summary>
    public static IReadOnlyList<TableColumn> Overview(ComparisonView view) =>
    [
        Column.Of("parameters", "live", cell => cell.Cost.LiveParameters),
        Column.Of("parameters", "all", cell => cell.Cost.Parameters),
        Column.Of("circuit", "blocks", cell => cell.Structure.Blocks.Count),
        Column.Of("circuit", "2-qubit gates", cell => cell.Cost.TwoQubitGates),
        Column.Of("states, encoded", "gradient variance", cell => cell.Gradients.LivePairs),
        Column.Of("states, encoded", "Q", cell => cell.Entanglement.MeyerWallachEncoded),
        Column.Of("states, encoded", "expressibility", cell => cell.Expressibility?.DivergenceEncoded),
        .. view.Noises.Select(noise => Column.Of("relative error under noise", noise, cell => cell.Under(noise)?.RelativeError)),
    ];

    private static IEnumerable<TableColumn> Circuit() =>
    [
        Column.Of("circuit", "live parameters", cell => cell.Cost.LiveParameters),
        Column.Of("circuit", "parameters", cell => cell.Cost.Parameters),
        Column.Of("circuit", "1-qubit gates", cell => cell.Cost.OneQubitGates),
        Column.Of("circuit", "2-qubit gates", cell => cell.Cost.TwoQubitGates),
        Column.Of("circuit", "depth", cell => cell.Cost.Depth),
        Column.Of("circuit", "blocks", cell => cell.Structure.Blocks.Count),
    ];

    private static IEnumerable<TableColumn> Noise(string noise)
    {
        yield return Column.Of(noise, "error", cell => cell.Under(noise)?.RelativeError);
        yield return Column.Of(noise, "fidelity", cell => cell.Under(noise)?.Fidelity);
        if (noise == DepolarizingNoise.Name)
            yield break;
        yield return Column.Of(noise, "2-qubit gates", cell => cell.Under(noise)?.Compiled?.Entanglers);
        yield return Column.Of(noise, "SWAPs", cell => cell.Under(noise)?.Compiled?.Swaps);
        yield return Column.Of(noise, "depth", cell => cell.Under(noise)?.Compiled?.Depth);
        yield return Column.Of(noise, "µs", cell => cell.Under(noise)?.Compiled?.Seconds * 1e6);
    }
}

/// <summary>Makes columns of tables of analyses.</summary>
internal static class AnsatzColumn
{
    public static TableColumn<AnsatzAnalysis> Of(string group, string heading, Func<AnsatzAnalysis, int?> count) =>
        TableColumns.Of(group, heading, count);

    public static TableColumn<AnsatzAnalysis> Of(string group, string heading, Func<AnsatzAnalysis, double?> number) =>
        TableColumns.Of(group, heading, number);

    /// <summary>The figure with its standard error, sorted by the figure.</summary>
    public static TableColumn<AnsatzAnalysis> Of(string group, string heading, Func<AnsatzAnalysis, Estimate?> estimate) =>
        new(group, heading, cell => Estimates.Text(estimate(cell)), cell => estimate(cell) is { } value ? Figures.Exact(value.Value) : "");
}
