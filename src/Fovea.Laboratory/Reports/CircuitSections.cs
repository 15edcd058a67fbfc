using System.Globalization;
using Fovea.Core;
using Fovea.Devices.Compilation;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Reporting;

namespace Fovea.Laboratory.Reports;

/// <summary>What is known without sampling.</summary>
internal static class CircuitSections
{
    private const int ShownParameters = 12;

    public static TextSection Circuit(AnsatzAnalysis analysis)
    {
        var subject = analysis.Subject;
        return new TextSection("Circuit")
            .Line("ansatz", AnsatzLabel.Of(subject.Ansatz))
            .Line("", subject.Ansatz.Description)
            .Line("size", analysis.Size().ToString())
            .Line("encoding", subject.Encoding.Name() + (subject.Reupload ? ", repeated before every layer" : ", once at the start"))
            .Line("parameters", $"{analysis.Cost.Parameters}, {analysis.Cost.LiveParameters} live")
            .Line("gates", $"{analysis.Cost.Gates()}: {analysis.Cost.OneQubitGates} on one qubit, {analysis.Cost.TwoQubitGates} on two")
            .Line("depth", $"{analysis.Cost.Depth}");
    }

    public static TextSection Structure(AnsatzAnalysis analysis)
    {
        var structure = analysis.Structure;
        var section = new TextSection("Structure")
            .Line("blocks", structure.Blocks.Count > 1 ? StructureWords.Blocks(analysis) : "all wires are connected")
            .Line("without encoding", structure.IsIdentityWithoutEncoding ? "leaves |0…0⟩ as it is for all parameters" : "changes |0…0⟩")
            .Line("wires that outputs see", Spread(structure.ConeWires))
            .Line("inputs that outputs see", Spread([.. structure.Reach.Select(inputs => inputs.Count)]))
            .Line("dead parameters", StructureWords.DeadParameters(analysis));
        foreach (var dead in structure.DeadParameters.GroupBy(parameter => parameter.Reason))
            section.Line($"  {Counted.Of(dead.Count(), "parameter")}", $"{dead.Key}: {Parameters([.. dead])}");
        return section;
    }

    public static TextSection Cost(AnsatzAnalysis analysis)
    {
        var cost = analysis.Cost;
        return new TextSection("Cost")
            .Line("engine", cost.Engine ?? "speed was not measured")
            .Line("forward", PerSecond(cost.ForwardPerSecond))
            .Line("forward and backward", PerSecond(cost.GradientPerSecond))
            .Line("seed", $"{analysis.Seed}")
            .Line("analysis took", Figures.Duration(analysis.Seconds));
    }

    private static string PerSecond(double? value) => value is { } number ? $"{Figures.Number(number)} circuits a second on one thread" : Figures.None;

    private static string Spread(IReadOnlyList<int> counts) =>
        counts.Count == 0 ? Figures.None : counts.Min() == counts.Max() ? $"{counts[0]} each" : $"{counts.Min()} to {counts.Max()}";

    private static string Parameters(DeadParameter[] dead) =>
        string.Join(", ", dead.Take(ShownParameters).Select(parameter => parameter.Gate.Length == 0 ? $"w{parameter.Index}" : parameter.Gate))
            + (dead.Length > ShownParameters ? $" and {dead.Length - ShownParameters} more" : "");
}

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

/// <summary>What each noise does, with what the circuit costs on its device.</summary>
internal static class ResilienceSection
{
    public static TextSection Write(AnsatzAnalysis analysis)
    {
        var section = new TextSection("Resilience");
        if (analysis.Resilience.Count == 0)
            return section.Line("none", "no noise was asked for");
        section.Table([["noise", "relative error", "fidelity", "2-qubit gates", "SWAPs", "depth", "µs"], .. analysis.Resilience.Select(Row)]);
        foreach (var noise in analysis.Resilience.Where(noise => noise.Refusal is not null))
            section.Line(noise.Noise, $"can't run: {noise.Refusal}");
        return section;
    }

    private static string[] Row(NoiseResilience noise) =>
    [
        noise.Noise, Estimates.Text(noise.RelativeError), Estimates.Text(noise.Fidelity), WholeNumber(noise, compiled => compiled.Entanglers),
        WholeNumber(noise, compiled => compiled.Swaps), WholeNumber(noise, compiled => compiled.Depth),
        noise.Compiled is { } c ? Figures.Number(c.Seconds * 1e6) : Figures.None,
    ];

    private static string WholeNumber(NoiseResilience noise, Func<CompilationReport, int> figure) =>
        noise.Compiled is { } compiled ? figure(compiled).ToString(CultureInfo.InvariantCulture) : Figures.None;
}
