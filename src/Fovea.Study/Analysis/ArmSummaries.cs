using Fovea.Evaluation.Statistics;
using Fovea.Reporting.Words;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>Gathers cells over seeds.</summary>
internal static class ArmSummaries
{
    public static IReadOnlyList<ArmSummary> Of(StudyDefinition definition, IReadOnlyList<CellState> states) =>
    [
        .. Sizes(definition, states).SelectMany(size => definition.Arms.Select(arm => Of(arm, size, [.. states.Where(state => state.Arm == arm && state.Size == size)]))),
    ];

    // By what cells were trained on; a size without a finished cell comes last.
    private static IEnumerable<TrainingSize> Sizes(StudyDefinition definition, IReadOnlyList<CellState> states) =>
        definition.Sizes.OrderByDescending(size => states.Where(state => state.Size == size).Max(state => state.Result?.TrainingImages ?? 0));

    private static ArmSummary Of(StudyArm arm, TrainingSize size, CellState[] states)
    {
        CellResult[] cells = [.. states.Select(state => state.Result).OfType<CellResult>()];
        return new()
        {
            Arm = arm,
            Size = size,
            Planned = states.Length,
            Cells = cells,
            Missing = [.. states.Where(state => state.Result is null).GroupBy(state => state.Reason, state => state.Seed).Select(Missing)],
            Generated = StudyMetrics.GradableOf(string.Concat(cells.Select(cell => cell.Gradability.Generated))),
            Real = cells.Length == 0 ? null : StudyMetrics.ShareOf(cells[0].Gradability.Real.Hits, cells[0].Gradability.Real.Total),
            Reconstructed = Reconstructed([.. cells.Select(cell => cell.Gradability.Reconstructed).OfType<CellCounts>()]),
        };
    }

    private static string Missing(IGrouping<string, int> seeds) =>
        $"{(seeds.Count() == 1 ? "seed" : "seeds")} {Phrases.Ranges(seeds)}: {seeds.Key}";

    private static CellFigure? Reconstructed(CellCounts[] counts)
    {
        if (counts.Length == 0 || counts[0].Total == 0)
            return null;
        var (hits, total) = (counts.Average(count => (double)count.Hits), counts[0].Total);
        var interval = WilsonInterval.Of((int)Math.Round(hits), total);
        return new(hits / total, interval.Low, interval.High);
    }
}
