using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Tables;

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
