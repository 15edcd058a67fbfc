using Fovea.Laboratory.Reports.Words;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Terminal;

/// <summary>What was found by sampling, each figure with its standard error.</summary>
internal static class FigureSections
{
    public static TextSection Gradients(AnsatzAnalysis analysis)
    {
        var gradients = analysis.Gradients;
        return new TextSection("Gradients (mean squares of derivatives)")
            .Line("all pairs", Estimates.Text(gradients.AllPairs))
            .Line("live pairs", Estimates.Text(gradients.LivePairs))
            .Line("by output", Extremes(gradients.ByOutput))
            .Line("by live parameter", Extremes([.. gradients.ByParameter.Where(estimate => estimate.Value > 0)]));
    }

    public static TextSection Entanglement(AnsatzAnalysis analysis)
    {
        var e = analysis.Entanglement;
        return new TextSection("Entanglement").Table(
        [
            ["", "from |0…0⟩", "encoded", "Haar-random"],
            ["Meyer–Wallach Q", Estimates.Text(e.MeyerWallach), Estimates.Text(e.MeyerWallachEncoded), Figures.Number(e.MeyerWallachHaar)],
            ["half-cut entropy (bits)", Estimates.Text(e.HalfCutEntropy), Estimates.Text(e.HalfCutEntropyEncoded), Figures.Number(e.HalfCutEntropyHaar)],
        ]);
    }

    public static TextSection Expressibility(AnsatzAnalysis analysis)
    {
        var section = new TextSection("Expressibility (divergence from Haar-random states, nats)");
        return analysis.Expressibility is not { } e
            ? section.Line("none", "not told for so many qubits")
            : section
                .Line("from |0…0⟩", Estimates.Text(e.Divergence))
                .Line("encoded", Estimates.Text(e.DivergenceEncoded))
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
            .Line("variance over inputs", Estimates.Text(s.Variance));
        foreach (var (order, share) in s.PowerByOrder.Index().Skip(1))
            section.Line($"  share of order {order}", Estimates.Text(share));
        return section;
    }

    private static string Extremes(IReadOnlyList<Estimate> estimates) =>
        estimates.Count == 0
            ? Figures.None
            : $"{Estimates.Text(estimates.MinBy(e => e.Value))} to {Estimates.Text(estimates.MaxBy(e => e.Value))}";
}
