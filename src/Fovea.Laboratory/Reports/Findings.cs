using Fovea.Core;
using Fovea.Laboratory.Results;
using Fovea.Reporting;

namespace Fovea.Laboratory.Reports;

/// <summary>What the numbers say of one ansatz, a sentence a matter.</summary>
internal static class AnsatzFindings
{
    /// <summary>The sentences; figures are those of the reference size or the nearest that the ansatz has.</summary>
    public static IReadOnlyList<string> Collect(ComparisonView view, AnsatzEntry entry)
    {
        var cell = entry.Nearest(view.Reference);
        var instead = cell.Size() == view.Reference ? "" : $" (it has no {view.Reference})";
        return
        [
            $"At {cell.Size()}{instead}: {StructureWords.DeadParameters(cell)}{StructureWords.DeadElsewhere(entry)}.",
            .. StructureWords.Blocks(entry, cell),
            .. StructureWords.Identity(entry),
            GradientWords.Trend(entry, view),
            EntanglementWords.Describe(cell),
            .. cell.Resilience.Select(NoiseWords.Describe),
        ];
    }

    /// <summary>Sentences about all ansätze together.</summary>
    public static IReadOnlyList<string> Overall(ComparisonView view, TradeOff tradeOff)
    {
        List<string> sentences = [];
        string[] front = [.. tradeOff.Front.OrderBy(point => point.Error).Select(point => point.Entry.Label)];
        if (front.Length > 0 && tradeOff.Points.Count > 1)
        {
            var noise = tradeOff.IsOfDevices ? "device noise" : "noise";
            sentences.Add($"At {view.Reference}, no other ansatz has both a smaller error under {noise} and larger gradients than {Phrases.Join(front)}.");
        }

        foreach (var (trend, words) in GradientWords.Groups)
        {
            string[] names = [.. view.Ansaetze.Where(entry => view.Decay(entry, view.Layers)?.Trend == trend).Select(entry => entry.Label)];
            if (names.Length > 0)
                sentences.Add($"{words}, L = {view.Layers}: {Phrases.Join(names)}.");
        }

        return sentences;
    }
}

/// <summary>Sentences about entanglement beside that of Haar-random states.</summary>
internal static class EntanglementWords
{
    // A difference that sampling alone makes once in twenty times.
    private const double Errors = 2;

    public static string Describe(AnsatzAnalysis cell)
    {
        var e = cell.Entanglement;
        return $"With inputs encoded, its states have Q = {Estimates.Text(e.MeyerWallachEncoded)}, "
            + $"{Beside(e.MeyerWallachEncoded, e.MeyerWallachHaar)}, and a half-cut entropy of {Estimates.Text(e.HalfCutEntropyEncoded)} bits, "
            + $"{Beside(e.HalfCutEntropyEncoded, e.HalfCutEntropyHaar)}.";
    }

    /// <summary>"71 % of the 0.985 of Haar-random states".</summary>
    public static string Beside(Estimate value, double haar) =>
        haar <= 0 ? $"beside {Figures.Number(haar)} of Haar-random states"
        : Math.Abs(value.Value - haar) <= Errors * value.StandardError ? $"as much as Haar-random states have ({Figures.Number(haar)})"
        : value.Value == 0 ? $"none of the {Figures.Number(haar)} of Haar-random states"
        : $"{Figures.Percent(value.Value / haar)} of the {Figures.Number(haar)} of Haar-random states";
}

/// <summary>Estimates for readers.</summary>
internal static class Estimates
{
    /// <summary>"0.123 ± 0.004"; without ± where the figure is exact.</summary>
    public static string Text(Estimate estimate) => Figures.WithError(estimate.Value, estimate.StandardError);

    /// <summary>As <see cref="Text(Estimate)"/>; <see cref="Figures.None"/> for null.</summary>
    public static string Text(Estimate? estimate) => estimate is { } value ? Text(value) : Figures.None;
}

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
        $"rate {Digits(decay.Rate)} a qubit, 95 % interval {Digits(decay.Low)} to {Digits(decay.High)}, "
            + $"n = {Phrases.Ranges(decay.Qubits)}, L = {decay.Layers}";

    private static string Digits(double? number) => number is { } known ? Figures.Number(known, 2) : Figures.None;

    private static string Halving(GradientDecay decay) =>
        decay.Rate is > 0 and var rate ? $"; the variance halves every {Figures.Number(Math.Log(2) / rate)} qubits" : "";
}

/// <summary>Sentences about noise and what a device made the circuit pay.</summary>
internal static class NoiseWords
{
    public static string Describe(NoiseResilience noise) =>
        noise.Refusal is not null
            ? $"It can't run under {noise.Noise}: {noise.Refusal.TrimEnd('.')}."
            : $"Under {noise.Noise} noise its relative error is {Estimates.Text(noise.RelativeError)}{Fidelity(noise)}{Price(noise)}.";

    private static string Fidelity(NoiseResilience noise) =>
        noise.Fidelity is { } fidelity && double.IsFinite(fidelity.Value) ? $" and its fidelity {Estimates.Text(fidelity)}" : "";

    private static string Price(NoiseResilience noise) =>
        noise.Compiled is not { } compiled
            ? ""
            : $", with {Counted.Of(compiled.Entanglers, "native two-qubit gate")}"
                + (compiled.Swaps == 0 ? " and no SWAP to pay" : $", those of {Counted.Of(compiled.Swaps, "SWAP")} that it had to pay included");
}

/// <summary>Sentences about what is exact: dead parameters, blocks, an ansatz that does nothing by itself.</summary>
internal static class StructureWords
{
    /// <summary>"3 of 72 parameters are dead: no output depends on them".</summary>
    public static string DeadParameters(AnsatzAnalysis cell)
    {
        var (dead, all) = (cell.Structure.DeadParameters.Count, cell.Cost.Parameters);
        return all == 0 ? "it has no parameters"
            : dead == 0 ? $"outputs depend on every one of {Counted.Of(all, "parameter")}"
            : dead == all ? $"all of {Counted.Of(all, "parameter")} are dead, as no output depends on them"
            : $"{dead} of {Counted.Of(all, "parameter")} {(dead == 1 ? "is" : "are")} dead ({Figures.Percent((double)dead / all)}), "
                + $"as no output depends on {(dead == 1 ? "it" : "them")}";
    }

    /// <summary>"; at other sizes 0 % to 33 % are", or nothing where it is the same everywhere.</summary>
    public static string DeadElsewhere(AnsatzEntry entry)
    {
        double[] shares =
        [
            .. entry.Cells.Where(cell => cell.Cost.Parameters > 0)
                .Select(cell => (double)cell.Structure.DeadParameters.Count / cell.Cost.Parameters),
        ];
        return shares.Length < 2 || shares.Min() == shares.Max()
            ? ""
            : $"; over all its sizes between {Figures.Percent(shares.Min())} and {Figures.Percent(shares.Max())} are dead";
    }

    /// <summary>A sentence where wires fall apart somewhere.</summary>
    public static IEnumerable<string> Blocks(AnsatzEntry entry, AnsatzAnalysis cell)
    {
        var split = entry.Cells.Count(other => other.Structure.Blocks.Count > 1);
        if (split == 0)
            yield break;
        var here = cell.Structure.Blocks.Count > 1 ? $"Its wires fall into {Blocks(cell)} that no gate joins" : "Here all its wires are connected";
        yield return split == entry.Cells.Count && cell.Structure.Blocks.Count > 1
            ? entry.Cells.Count == 1 ? $"{here}." : $"{here}, and at every other size into blocks too."
            : $"{here}; they fall into independent blocks at {split} of its {Counted.Of(entry.Cells.Count, "size")}.";
    }

    /// <summary>"4 independent blocks (0, 4 | 1, 5 | 2, 6 | 3, 7)".</summary>
    public static string Blocks(AnsatzAnalysis cell) =>
        $"{cell.Structure.Blocks.Count} independent blocks ({string.Join(" | ", cell.Structure.Blocks.Select(block => string.Join(", ", block)))})";

    /// <summary>A sentence where the ansatz does nothing to |0…0⟩.</summary>
    public static IEnumerable<string> Identity(AnsatzEntry entry)
    {
        var idle = entry.Cells.Count(cell => cell.Structure.IsIdentityWithoutEncoding);
        var where = idle == entry.Cells.Count ? "" : $", at {idle} of its {Counted.Of(entry.Cells.Count, "size")}";
        if (idle > 0)
            yield return $"Without an encoding it leaves |0…0⟩ as it is for all parameters{where}.";
    }
}
