using Fovea.Laboratory.Reports.Views;
using Fovea.Reporting.Charts;

namespace Fovea.Laboratory.Reports.Charts;

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
        var devices = tradeOff.Devices.Count == 0
            ? "No device profile has figures for every ansatz."
            : $"Errors are means over {string.Join(", ", tradeOff.Devices)}, the profiles that every ansatz shown has figures for.";
        return $"{devices} Markers grow with the entanglement Q of encoded states; outlined ansätze are beaten by no other in both figures."
            + Absent("No place here", tradeOff.Missing, entry => entry.At(view.Reference) is null ? Elsewhere(view) : "an error or a gradient is missing, 0 or infinite");
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
