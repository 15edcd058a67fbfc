using System.Globalization;
using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Reports.Words;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports;

/// <summary>A comparison at one size as a Markdown table, for documents.</summary>
public static class ComparisonMarkdown
{
    /// <summary>A row an ansatz that has this size, figures with one standard error.</summary>
    /// <param name="comparison">What is written.</param>
    /// <param name="qubits">The number of qubits.</param>
    /// <param name="layers">The number of layers.</param>
    /// <exception cref="ArgumentException">The comparison has no analysis.</exception>
    public static string Table(AnsatzComparison comparison, int qubits, int layers)
    {
        var view = new ComparisonView(comparison);
        string[] headings =
        [
            "ansatz", "live / all parameters", "two-qubit gates", "gradient variance (live pairs)", "rate a qubit (95 %)",
            "Q, encoded", "half cut (bits)", "expressibility (nats)",
            .. view.Noises.SelectMany(noise => new[] { $"{noise}: error", $"{noise}: fidelity" }),
            .. view.Devices.Select(device => $"{device}: gates (SWAPs)"),
        ];
        var rows = view.Ansaetze.Select(entry => (Entry: entry, Cell: entry.At(new(qubits, layers)))).Where(row => row.Cell is not null);
        return Row(headings) + Row(headings.Select((_, column) => column == 0 ? "---" : "---:"))
            + string.Concat(rows.Select(row => Row(Cells(view, row.Entry, row.Cell!))));
    }

    private static IEnumerable<string> Cells(ComparisonView view, AnsatzEntry entry, AnsatzAnalysis cell) =>
    [
        entry.Label,
        string.Create(CultureInfo.InvariantCulture, $"{cell.Cost.LiveParameters} / {cell.Cost.Parameters}"),
        cell.Cost.TwoQubitGates.ToString(CultureInfo.InvariantCulture),
        Estimates.Text(cell.Gradients.LivePairs),
        Rate(view.Decay(entry, cell.Subject.Layers)),
        Estimates.Text(cell.Entanglement.MeyerWallachEncoded),
        Estimates.Text(cell.Entanglement.HalfCutEntropyEncoded),
        Estimates.Text(cell.Expressibility?.DivergenceEncoded),
        .. view.Noises.SelectMany(noise => new[] { Estimates.Text(cell.Under(noise)?.RelativeError), Estimates.Text(cell.Under(noise)?.Fidelity) }),
        .. view.Devices.Select(device => cell.Under(device)?.Compiled is { } compiled
            ? string.Create(CultureInfo.InvariantCulture, $"{compiled.Entanglers} ({compiled.Swaps})")
            : Figures.None),
    ];

    private static string Rate(GradientDecay? decay) =>
        decay is null || decay.Trend == GradientTrend.Unknown
            ? Figures.None
            : $"{Figures.Number(decay.Rate, 2)} ({Figures.Number(decay.Low, 2)} to {Figures.Number(decay.High, 2)})";

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
