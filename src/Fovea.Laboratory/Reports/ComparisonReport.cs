using System.Globalization;
using Fovea.Core.Files;
using Fovea.Laboratory.Reports.Charts;
using Fovea.Laboratory.Reports.Pages;
using Fovea.Laboratory.Results;
using Fovea.Reporting;
using Fovea.Reporting.Charts;

namespace Fovea.Laboratory.Reports;

/// <summary>A comparison as files: tables for programs, charts, and a page that holds all of it and needs no other file.</summary>
public static class ComparisonReport
{
    /// <summary>The page.</summary>
    public const string PageName = "index.html";

    /// <summary>
    /// Writes <c>comparison.csv</c>, <c>gradients.csv</c>, <c>decay.csv</c>, <c>comparison.json</c>, the charts as PNG and last
    /// <see cref="PageName"/>, each file at once or not at all.
    /// </summary>
    /// <param name="comparison">What is written.</param>
    /// <param name="folder">An existing folder.</param>
    /// <returns>The names of the files, in that order.</returns>
    /// <exception cref="ArgumentException">The comparison has no analysis.</exception>
    public static IReadOnlyList<string> Write(AnsatzComparison comparison, string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var view = new ComparisonView(comparison);
        var tradeOff = TradeOff.Find(view);
        var charts = ReportCharts.All(view, tradeOff);
        CsvTable.Write(Path.Combine(folder, "comparison.csv"), ComparisonCsv.Columns(view), view.Cells);
        CsvTable.Write(Path.Combine(folder, "gradients.csv"), GradientCsv.Pairs, GradientPair.All(view.Cells));
        CsvTable.Write(Path.Combine(folder, "decay.csv"), GradientCsv.Decays, comparison.Decays);
        ComparisonJson.Format.Write(Path.Combine(folder, "comparison.json"), ComparisonDocument.Of(view));
        List<PageChart> drawn = [];
        foreach (var chart in charts)
        {
            drawn.Add(PageChart.Draw(chart));
            AtomicFile.Write(Path.Combine(folder, chart.FileName), stream => stream.Write(drawn[^1].Light));
        }

        AtomicFile.WriteText(Path.Combine(folder, PageName), ComparisonPage.Text(view, tradeOff, drawn));
        return ["comparison.csv", "gradients.csv", "decay.csv", "comparison.json", .. charts.Select(chart => chart.FileName), PageName];
    }
}

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

    private static string Row(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
