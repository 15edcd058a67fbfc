using Fovea.Laboratory.Reports.Views;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Words;

/// <summary>What the numbers say of one ansatz, a sentence a matter.</summary>
internal static class AnsatzFindings
{
    /// <summary>The sentences; figures are those of the reference size or the nearest that the ansatz has.</summary>
    public static IReadOnlyList<string> Of(ComparisonView view, AnsatzEntry entry)
    {
        var cell = entry.Nearest(view.Reference);
        var instead = cell.Size() == view.Reference ? "" : $" (it has no {view.Reference})";
        return
        [
            $"At {cell.Size()}{instead}: {StructureWords.DeadParameters(cell)}{StructureWords.DeadElsewhere(entry)}.",
            .. StructureWords.Blocks(entry, cell),
            .. StructureWords.Identity(entry),
            GradientWords.Trend(entry, view),
            EntanglementWords.Of(cell),
            .. cell.Resilience.Select(NoiseWords.Of),
        ];
    }

    /// <summary>Sentences about all ansätze together.</summary>
    public static IReadOnlyList<string> Overall(ComparisonView view, TradeOff tradeOff)
    {
        List<string> sentences = [];
        string[] front = [.. tradeOff.Front.OrderBy(point => point.Error).Select(point => point.Entry.Label)];
        if (front.Length > 0 && tradeOff.Points.Count > 1)
            sentences.Add($"At {view.Reference}, no other ansatz has both a smaller error under device noise and larger gradients than {Phrases.Join(front)}.");
        foreach (var (trend, words) in GradientWords.Groups)
        {
            string[] names = [.. view.Ansaetze.Where(entry => view.Decay(entry, view.Layers)?.Trend == trend).Select(entry => entry.Label)];
            if (names.Length > 0)
                sentences.Add($"{words}, L = {view.Layers}: {Phrases.Join(names)}.");
        }

        return sentences;
    }
}
