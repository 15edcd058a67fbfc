using Fovea.Laboratory.Results;
using Fovea.Reporting.Charts;
using ScottPlot;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>The charts of a comparison.</summary>
internal static class ReportCharts
{
    public static IReadOnlyList<ReportChart> All(ComparisonView view, TradeOff tradeOff) =>
    [
        new("trade-off.png", "Trade-off: noise against gradients", ChartCaptions.TradeOff(view, tradeOff), theme => TradeOffChart.Png(view, tradeOff, theme)),
        new("gradients.png", "Gradients", ChartCaptions.Gradients(view), theme => GradientChart.Draw(view).Png(view.Ansaetze, theme)),
        new("entanglement.png", "Entanglement", ChartCaptions.Entanglement, theme => EntanglementChart.MeyerWallach(view).Png(view.Ansaetze, theme)),
        new("entropy.png", "Entropy of the half cut", ChartCaptions.Entropy, theme => EntanglementChart.HalfCutEntropy(view).Png(view.Ansaetze, theme)),
        new("noise.png", "Noise", ChartCaptions.Noise(view), theme => NoiseChart.Draw(view).Png(view.Ansaetze, view.Reference, theme)),
        new("cost.png", "Cost", ChartCaptions.Cost(view), theme => CostChart.Draw(view).Png(view.Ansaetze, view.Reference, theme)),
    ];
}

/// <summary>What each ansatz costs at the reference size.</summary>
internal static class CostChart
{
    public static RowChart Draw(ComparisonView view) => new(
    [
        new("Native two-qubit gates", "gates, those of SWAPs included", Logarithmic: false,
            [
                .. view.Devices.Select(device => new RowSeries(
                    device, AnsatzMark.OfNoise(view, device), cell => Exact(cell.Under(device)?.Compiled?.Entanglers))),
            ]),
        new("Parameters", "parameters", Logarithmic: false,
        [
            new("live parameters", MarkerShape.FilledTriangleDown, cell => Exact(cell.Cost.LiveParameters)),
            new("all parameters", MarkerShape.OpenTriangleDown, cell => Exact(cell.Cost.Parameters)),
        ]),
        new("Simulation on one thread", "circuits a second (logarithmic)", Logarithmic: true,
        [
            new("forward", MarkerShape.OpenCircle, cell => Exact(cell.Cost.ForwardPerSecond)),
            new("forward and backward", MarkerShape.OpenSquare, cell => Exact(cell.Cost.GradientPerSecond)),
        ]),
    ]);

    private static Estimate? Exact(double? value) => value is { } number ? Estimate.Exact(number) : null;
}

/// <summary>Entanglement of states with inputs encoded, over qubits and over layers, beside that of Haar-random states.</summary>
internal static class EntanglementChart
{
    public static LineChart MeyerWallach(ComparisonView view) =>
        Draw(view, "Meyer–Wallach Q, encoded", "Q (0 to 1)", e => e.MeyerWallachEncoded, e => e.MeyerWallachHaar);

    public static LineChart HalfCutEntropy(ComparisonView view) =>
        Draw(view, "Half-cut entropy, encoded", "entropy (bits)", e => e.HalfCutEntropyEncoded, e => e.HalfCutEntropyHaar);

    private static LineChart Draw(
        ComparisonView view, string title, string yLabel, Func<StateEntanglement, Estimate> figure, Func<StateEntanglement, double> haar) =>
        new(yLabel, Logarithmic: false,
        [
            new($"{title}, over qubits, L = {view.Layers}", "qubits n", entry => Curves.OverQubits(entry, view.Layers, cell => figure(cell.Entanglement)))
            {
                Haar = Haar(view.Cells.Where(cell => cell.Subject.Layers == view.Layers), cell => cell.Subject.Qubits, haar),
            },
            new($"{title}, over layers, n = {view.Largest}", "layers L", entry => Curves.OverLayers(entry, view.Largest, cell => figure(cell.Entanglement)))
            {
                Haar = Haar(view.Cells.Where(cell => cell.Subject.Qubits == view.Largest), cell => cell.Subject.Layers, haar),
            },
        ]);

    private static IReadOnlyList<(double X, double Y)> Haar(
        IEnumerable<AnsatzAnalysis> cells, Func<AnsatzAnalysis, int> x, Func<StateEntanglement, double> haar) =>
        [.. cells.GroupBy(x).OrderBy(group => group.Key).Select(group => ((double)group.Key, haar(group.First().Entanglement)))];
}

/// <summary>Sizes of gradients over qubits and over layers.</summary>
internal static class GradientChart
{
    public static LineChart Draw(ComparisonView view) =>
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
        decay is { Rate: { } rate, Intercept: { } intercept } && double.IsFinite(rate)
            ? [.. new[] { decay.Qubits.Min(), decay.Qubits.Max() }.Select(n => ((double)n, Math.Exp(intercept - (rate * n))))]
            : [];
}

/// <summary>What each noise does to each ansatz at the reference size.</summary>
internal static class NoiseChart
{
    public static RowChart Draw(ComparisonView view) => new(
    [
        new($"Relative error under noise, {view.Reference}", "‖Z noisy − Z ideal‖ / ‖Z ideal‖ (logarithmic)", Logarithmic: true,
            [.. view.Noises.Select(noise => new RowSeries(noise, AnsatzMark.OfNoise(view, noise), cell => cell.Under(noise)?.RelativeError))]),
        new($"Fidelity of the state, {view.Reference}", "fidelity (0 to 1)", Logarithmic: false,
            [.. view.Noises.Select(noise => new RowSeries(noise, AnsatzMark.OfNoise(view, noise), cell => cell.Under(noise)?.Fidelity))]) { Maximum = 1.02 },
    ]);
}

/// <summary>What to read from each chart, and what it could not show.</summary>
internal static class ChartCaptions
{
    private const string GradientFigures =
        "Mean squares of derivatives over the pairs of outputs and parameters that depend on each other, with standard errors; a straight fall "
        + "over qubits is exponential.";

    public const string Entanglement = "Random parameters and random inputs, with standard errors. The dotted line is what Haar-random states have.";

    public const string Entropy = "As above, for the first ⌊n/2⌋ wires.";

    public static string Gradients(ComparisonView view) =>
        GradientFigures + (view.Ansaetze.Count > SeriesLook.Hues ? $" Ansätze are in panels of {SeriesLook.Hues}, all on one scale." : "");

    public static string TradeOff(ComparisonView view, TradeOff tradeOff)
    {
        var devices = !tradeOff.IsOfDevices
            ? $"Without a device: errors are means over {string.Join(", ", tradeOff.Devices)} noise behind every gate of the circuit."
            : tradeOff.Devices.Count == 0
            ? "No device profile has figures for every ansatz."
            : $"Errors are means over {string.Join(", ", tradeOff.Devices)}, the profiles that every ansatz shown has figures for.";
        return $"{devices} Markers grow with the entanglement Q of encoded states; outlined ansätze are beaten by no other in both figures."
            + Absent(
                "No place here", tradeOff.Missing, entry => entry.At(view.Reference) is null
                    ? Elsewhere(view)
                    : "an error or a gradient is missing, 0 or infinite");
    }

    public static string Noise(ComparisonView view) =>
        "A row an ansatz, a marker a noise, with standard errors." + NotLaidOut(view) + Refusals(view) + Infinite(view);

    public static string Cost(ComparisonView view) =>
        $"At {view.Reference}. Native gates are those of the device, after routing; a SWAP is three of them." + NotLaidOut(view);

    private static string Elsewhere(ComparisonView view) => $"not laid out at {view.Reference}";

    private static string NotLaidOut(ComparisonView view) =>
        Absent("Not shown", view.Ansaetze.Where(entry => entry.At(view.Reference) is null), _ => Elsewhere(view));

    private static string Refusals(ComparisonView view) => string.Concat(
        from entry in view.Ansaetze
        from noise in entry.At(view.Reference)?.Resilience ?? []
        where noise.Refusal is not null
        select $" {entry.Label} has no marker for {noise.Noise}: {noise.Refusal!.TrimEnd('.')}.");

    private static string Infinite(ComparisonView view) => string.Concat(
        from entry in view.Ansaetze
        from noise in entry.At(view.Reference)?.Resilience ?? []
        where noise.RelativeError is { } error && !double.IsFinite(error.Value)
        select $" The relative error of {entry.Label} under {noise.Noise} is infinite, as its ideal outputs are 0.");

    private static string Absent(string heading, IEnumerable<AnsatzEntry> entries, Func<AnsatzEntry, string> reason)
    {
        var texts = string.Join("; ", entries.Select(entry => $"{entry.Label} ({reason(entry)})"));
        return texts.Length == 0 ? "" : $" {heading}: {texts}.";
    }
}

/// <summary>
/// How an ansatz looks in every chart. Ansätze beyond the seventh share hues, so charts of lines put each seven in panels of their own and the
/// marker changes with the seven.
/// </summary>
internal static class AnsatzMark
{
    /// <summary>Its colour in every chart.</summary>
    public static Color Color(this AnsatzEntry entry) => SeriesLook.Color(entry.Index);

    /// <summary>Its marker where ansätze are told apart by it.</summary>
    public static MarkerShape Marker(this AnsatzEntry entry) => SeriesLook.Marker(entry.Index / SeriesLook.Hues);

    /// <summary>The marker of a noise, where ansätze are told apart by rows.</summary>
    public static MarkerShape OfNoise(ComparisonView view, string noise) => SeriesLook.Marker(view.Noises.Index().First(n => n.Item == noise).Index);
}
