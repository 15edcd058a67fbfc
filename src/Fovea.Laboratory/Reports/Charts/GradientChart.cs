using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Sizes of gradients over qubits and over layers.</summary>
internal static class GradientChart
{
    public static LineChart Of(ComparisonView view) =>
        new("gradient variance of live pairs", Logarithmic: true,
        [
            new($"Gradient variance over qubits, L = {view.Layers}", "qubits n", entry => Curves.OverQubits(entry, view.Layers, Figure))
            {
                Fit = entry => view.Decay(entry, view.Layers) is { } decay ? Fitted(decay) : [],
            },
            new($"Gradient variance over layers, n = {view.Largest}", "layers L", entry => Curves.OverLayers(entry, view.Largest, Figure)),
        ])
        {
            FitLabel = "fit Var ∝ exp(−rate·n)",
        };

    private static Estimate Figure(AnsatzAnalysis cell) => cell.Gradients.LivePairs;

    private static IReadOnlyList<(double X, double Y)> Fitted(GradientDecay decay) =>
        decay.Trend == GradientTrend.Unknown || !double.IsFinite(decay.Rate)
            ? []
            : [.. new[] { decay.Qubits.Min(), decay.Qubits.Max() }.Select(n => ((double)n, Math.Exp(decay.Intercept - (decay.Rate * n))))];
}
