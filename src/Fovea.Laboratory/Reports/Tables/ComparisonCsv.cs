using Fovea.Laboratory.Reports.Views;
using Column = Fovea.Laboratory.Reports.Tables.CsvColumn<Fovea.Laboratory.Results.AnsatzAnalysis>;

namespace Fovea.Laboratory.Reports.Tables;

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
