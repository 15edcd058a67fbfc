using System.Globalization;
using System.Text;
using Fovea.Core.Files;
using Fovea.Laboratory.Results;
using Fovea.Reporting;
using Column = Fovea.Laboratory.Reports.CsvColumn<Fovea.Laboratory.Results.AnsatzAnalysis>;

namespace Fovea.Laboratory.Reports;

/// <summary>The columns of <c>comparison.csv</c>, one row an analysis. A heading ending in _se is the standard error of the one before it.</summary>
internal static class ComparisonCsv
{
    public static IReadOnlyList<Column> Columns(ComparisonView view) =>
    [
        .. Circuit(), .. Gradients(), .. States(), .. Spectrum(), .. view.Noises.SelectMany(Noise),
        Column.Of("engine", cell => cell.Cost.Engine),
        Column.Of("forward_circuits_per_second", cell => cell.Cost.ForwardPerSecond),
        Column.Of("gradient_circuits_per_second", cell => cell.Cost.GradientPerSecond),
        Column.Of("analysis_seconds", cell => cell.Seconds),
    ];

    private static IEnumerable<Column> Circuit() =>
    [
        Column.Of("ansatz", cell => cell.Subject.Ansatz.Name),
        Column.Of("status", cell => AnsatzLabel.Status(cell.Subject.Ansatz)),
        Column.Of("qubits", cell => cell.Subject.Qubits),
        Column.Of("layers", cell => cell.Subject.Layers),
        Column.Of("parameters", cell => cell.Cost.Parameters),
        Column.Of("live_parameters", cell => cell.Cost.LiveParameters),
        Column.Of("gates", cell => cell.Cost.Gates()),
        Column.Of("one_qubit_gates", cell => cell.Cost.OneQubitGates),
        Column.Of("two_qubit_gates", cell => cell.Cost.TwoQubitGates),
        Column.Of("depth", cell => cell.Cost.Depth),
        Column.Of("blocks", cell => cell.Structure.Blocks.Count),
        Column.Of("identity_without_encoding", cell => cell.Structure.IsIdentityWithoutEncoding ? "true" : "false"),
    ];

    private static IEnumerable<Column> Gradients() =>
    [
        .. Column.Of("gradient_all_pairs", cell => cell.Gradients.AllPairs),
        .. Column.Of("gradient_live_pairs", cell => cell.Gradients.LivePairs),
    ];

    private static IEnumerable<Column> States() =>
    [
        .. Column.Of("meyer_wallach", cell => cell.Entanglement.MeyerWallach),
        .. Column.Of("meyer_wallach_encoded", cell => cell.Entanglement.MeyerWallachEncoded),
        Column.Of("meyer_wallach_haar", cell => cell.Entanglement.MeyerWallachHaar),
        .. Column.Of("half_cut_entropy", cell => cell.Entanglement.HalfCutEntropy),
        .. Column.Of("half_cut_entropy_encoded", cell => cell.Entanglement.HalfCutEntropyEncoded),
        Column.Of("half_cut_entropy_haar", cell => cell.Entanglement.HalfCutEntropyHaar),
        .. Column.Of("expressibility", cell => cell.Expressibility?.Divergence),
        .. Column.Of("expressibility_encoded", cell => cell.Expressibility?.DivergenceEncoded),
        Column.Of("expressibility_floor", cell => cell.Expressibility?.Floor),
    ];

    private static IEnumerable<Column> Spectrum() =>
    [
        Column.Of("spectrum_terms", cell => cell.Spectrum?.TotalTerms()),
        Column.Of("spectrum_highest_order", cell => cell.Spectrum?.HighestOrder),
        .. Column.Of("spectrum_variance", cell => cell.Spectrum?.Variance),
        .. Column.Of("spectrum_power_order_1", cell => cell.Spectrum?.PowerAt(1)),
        .. Column.Of("spectrum_power_order_2", cell => cell.Spectrum?.PowerAt(2)),
    ];

    private static IEnumerable<Column> Noise(string noise)
    {
        var prefix = noise.Replace('-', '_');
        return
        [
            .. Column.Of($"{prefix}_relative_error", cell => cell.Under(noise)?.RelativeError),
            .. Column.Of($"{prefix}_fidelity", cell => cell.Under(noise)?.Fidelity),
            Column.Of($"{prefix}_native_two_qubit_gates", cell => cell.Under(noise)?.Compiled?.Entanglers),
            Column.Of($"{prefix}_swaps", cell => cell.Under(noise)?.Compiled?.Swaps),
            Column.Of($"{prefix}_depth", cell => cell.Under(noise)?.Compiled?.Depth),
            Column.Of($"{prefix}_microseconds", cell => cell.Under(noise)?.Compiled?.Seconds * 1e6),
            Column.Of($"{prefix}_refusal", cell => cell.Under(noise)?.Refusal),
        ];
    }
}

/// <summary>A column of a table for programs.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Cell">The text of its cell; empty for nothing.</param>
internal sealed record CsvColumn<TRow>(string Name, Func<TRow, string> Cell)
{
    public static CsvColumn<TRow> Of(string name, Func<TRow, string?> text) => new(name, row => text(row) ?? "");

    public static CsvColumn<TRow> Of(string name, Func<TRow, int?> count) =>
        new(name, row => count(row)?.ToString(CultureInfo.InvariantCulture) ?? "");

    public static CsvColumn<TRow> Of(string name, Func<TRow, double?> number) => new(name, row => number(row) is { } value ? Figures.Exact(value) : "");

    /// <summary>The figure, and beside it its standard error.</summary>
    public static IEnumerable<CsvColumn<TRow>> Of(string name, Func<TRow, Estimate?> estimate) =>
        [Of(name, row => estimate(row)?.Value), Of(name + "_se", row => estimate(row)?.StandardError)];
}

/// <summary>Comma-separated values as RFC 4180 has them, with a heading, points in numbers and plain line feeds.</summary>
internal static class CsvTable
{
    /// <summary>Writes a row at a time: a table of all pairs of outputs and parameters is long.</summary>
    public static void Write<TRow>(string path, IReadOnlyList<CsvColumn<TRow>> columns, IEnumerable<TRow> rows) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            var line = new StringBuilder();
            foreach (var fields in rows.Select(row => columns.Select(column => column.Cell(row))).Prepend(columns.Select(column => column.Name)))
            {
                CsvWriter.AppendRow(line.Clear(), [.. fields]);
                writer.Write(line);
            }
        });
}

/// <summary>The columns of <c>gradients.csv</c>, one row a pair, and of <c>decay.csv</c>, one row a fit.</summary>
internal static class GradientCsv
{
    public static IReadOnlyList<CsvColumn<GradientPair>> Pairs { get; } =
    [
        CsvColumn<GradientPair>.Of("ansatz", pair => pair.Cell.Subject.Ansatz.Name),
        CsvColumn<GradientPair>.Of("qubits", pair => pair.Cell.Subject.Qubits),
        CsvColumn<GradientPair>.Of("layers", pair => pair.Cell.Subject.Layers),
        CsvColumn<GradientPair>.Of("output", pair => pair.Output),
        CsvColumn<GradientPair>.Of("parameter", pair => pair.Parameter),
        CsvColumn<GradientPair>.Of("mean_square", pair => pair.MeanSquare),
    ];

    public static IReadOnlyList<CsvColumn<GradientDecay>> Decays { get; } =
    [
        CsvColumn<GradientDecay>.Of("ansatz", decay => decay.Ansatz),
        CsvColumn<GradientDecay>.Of("layers", decay => decay.Layers),
        CsvColumn<GradientDecay>.Of("qubits_fitted", decay => string.Join(' ', decay.Qubits)),
        CsvColumn<GradientDecay>.Of("rate_per_qubit", decay => decay.Rate),
        CsvColumn<GradientDecay>.Of("rate_low", decay => decay.Low),
        CsvColumn<GradientDecay>.Of("rate_high", decay => decay.High),
        CsvColumn<GradientDecay>.Of("log_variance_at_0", decay => decay.Intercept),
        CsvColumn<GradientDecay>.Of("trend", decay => decay.Trend.ToString().ToLowerInvariant()),
    ];
}

/// <summary>The mean square of one derivative.</summary>
internal readonly record struct GradientPair(AnsatzAnalysis Cell, int Output, int Parameter, double MeanSquare)
{
    /// <summary>Every pair of every analysis: outputs in order, then parameters.</summary>
    public static IEnumerable<GradientPair> All(IEnumerable<AnsatzAnalysis> cells) =>
        from cell in cells
        from output in cell.Gradients.Pairs.Index()
        from pair in output.Item.Index()
        select new GradientPair(cell, output.Index, pair.Index, pair.Item);
}
