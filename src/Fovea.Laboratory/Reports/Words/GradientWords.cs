using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Words;

/// <summary>Sentences about gradients and how they go with the number of qubits.</summary>
internal static class GradientWords
{
    /// <summary>What a trend says of several ansätze, worst first.</summary>
    public static IReadOnlyList<(GradientTrend Trend, string Words)> Groups { get; } =
    [
        (GradientTrend.Barren, "Gradient variance at least halves every two qubits, a barren plateau in the making"),
        (GradientTrend.Falling, "Gradient variance falls with qubits, or may: neither flat nor barren by its interval"),
        (GradientTrend.Flat, "Gradient variance is flat: no exponential loss worth the name"),
    ];

    /// <summary>The trend at the layers of the charts, or at the nearest that the ansatz has a fit for.</summary>
    public static string Trend(AnsatzEntry entry, ComparisonView view)
    {
        var decay = view.Comparison.Decays.Where(decay => decay.Ansatz == entry.Name).MinBy(decay => Math.Abs(decay.Layers - view.Layers));
        return decay is null ? "There is no fit of its gradients over qubits." : Trend(decay);
    }

    /// <summary>One fit in a sentence.</summary>
    public static string Trend(GradientDecay decay) => decay.Trend switch
    {
        GradientTrend.Barren => $"Its gradients fall exponentially with qubits, a barren plateau in the making: {Rate(decay)}{Halving(decay)}.",
        GradientTrend.Falling => $"Its gradients fall with qubits, or may: {Rate(decay)}, neither flat nor barren by the interval.",
        GradientTrend.Flat => $"Its gradients stay flat over qubits: {Rate(decay)}.",
        _ => $"No trend of its gradients over qubits can be told at L = {decay.Layers}: too few sizes, or no live gradients.",
    };

    /// <summary>"rate 0.62 a qubit, 95 % interval 0.51 to 0.73, n = 2–12, L = 3".</summary>
    public static string Rate(GradientDecay decay) =>
        $"rate {Figures.Number(decay.Rate, 2)} a qubit, 95 % interval {Figures.Number(decay.Low, 2)} to {Figures.Number(decay.High, 2)}, "
            + $"n = {Phrases.Ranges(decay.Qubits)}, L = {decay.Layers}";

    private static string Halving(GradientDecay decay) => decay.Rate > 0 ? $"; the variance halves every {Figures.Number(Math.Log(2) / decay.Rate)} qubits" : "";
}
