using Fovea.Laboratory.Reports.Words;
using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Terminal;

/// <summary>What was found by sampling, each figure with its standard error.</summary>
internal static class FigureSections
{
    public static TextSection Gradients(AnsatzAnalysis analysis)
    {
        var gradients = analysis.Gradients;
        return new TextSection("Gradients (mean squares of derivatives)")
            .Line("all pairs", Figures.Estimate(gradients.AllPairs))
            .Line("live pairs", Figures.Estimate(gradients.LivePairs))
            .Line("by output", Extremes(gradients.ByOutput))
            .Line("by live parameter", Extremes([.. gradients.ByParameter.Where(estimate => estimate.Value > 0)]));
    }

    public static TextSection Entanglement(AnsatzAnalysis analysis)
    {
        var e = analysis.Entanglement;
        return new TextSection("Entanglement").Table(
        [
            ["", "from |0…0⟩", "encoded", "Haar-random"],
            ["Meyer–Wallach Q", Figures.Estimate(e.MeyerWallach), Figures.Estimate(e.MeyerWallachEncoded), Figures.Number(e.MeyerWallachHaar)],
            ["half-cut entropy (bits)", Figures.Estimate(e.HalfCutEntropy), Figures.Estimate(e.HalfCutEntropyEncoded), Figures.Number(e.HalfCutEntropyHaar)],
        ]);
    }

    public static TextSection Expressibility(AnsatzAnalysis analysis)
    {
        var section = new TextSection("Expressibility (divergence from Haar-random states, nats)");
        return analysis.Expressibility is not { } e
            ? section.Line("none", "not told for so many qubits")
            : section
                .Line("from |0…0⟩", Figures.Estimate(e.Divergence))
                .Line("encoded", Figures.Estimate(e.DivergenceEncoded))
                .Line("Haar-random", $"{Figures.Number(e.Floor)} by sampling alone, {e.Bins} bins");
    }

    public static TextSection Spectrum(AnsatzAnalysis analysis)
    {
        var section = new TextSection("Spectrum (outputs as functions of the inputs)");
        if (analysis.Spectrum is not { } s)
            return section.Line("none", "not asked for, or too many terms");
        section
            .Line("terms an output", s.Terms.Count == 0 ? Figures.None : $"{s.Terms.Min()} to {s.Terms.Max()}")
            .Line("highest order", $"{s.HighestOrder}")
            .Line("variance over inputs", Figures.Estimate(s.Variance));
        foreach (var (order, share) in s.PowerByOrder.Index().Skip(1))
            section.Line($"  share of order {order}", Figures.Estimate(share));
        return section;
    }

    private static string Extremes(IReadOnlyList<Estimate> estimates) =>
        estimates.Count == 0
            ? Figures.None
            : $"{Figures.Estimate(estimates.MinBy(e => e.Value))} to {Figures.Estimate(estimates.MaxBy(e => e.Value))}";
}
