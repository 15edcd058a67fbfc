using Fovea.Study.Analysis;
using Fovea.Study.Results;

namespace Fovea.Study.Reports.Charts;

/// <summary>Gradability and Fréchet distances against the scale of a device's noise: a line an arm and device, each from the ideal circuits on.</summary>
internal static class NoisePanels
{
    public static IReadOnlyList<SeriesPanel> Of(StudyAnalysis analysis)
    {
        string[] networks = [.. analysis.Noise.SelectMany(level => level.Frechet).Select(frechet => frechet.Network).Distinct()];
        (string Arm, string Profile)[] lines = [.. analysis.Noise.Where(level => level.Profile.Length > 0).Select(level => (level.Arm, level.Profile)).Distinct()];
        if (lines.Length == 0)
            return [];
        var several = lines.Select(line => line.Arm).Distinct().Count() > 1;
        SeriesPanel Panel(string title, string yLabel, Func<NoiseSummary, CellFigure?> read) => new(
            title, "scale of the device's noise", yLabel,
            [.. lines.Index().Select(line => new ChartSeries(several ? $"{line.Item.Arm}, {line.Item.Profile}" : line.Item.Profile, line.Index, Points(analysis, line.Item, read)))])
        {
            Joined = true,
        };
        SeriesPanel[] panels =
        [
            Panel("Gradable images", "gradable (%)", level => level.Gradable is { } share ? ArmPanels.Percent(share) : null) with { Most = 100 },
            .. networks.Select(network => Panel($"FD({network})", "distance (smaller is better)", level => level.Frechet.FirstOrDefault(frechet => frechet.Network == network).Value)),
        ];
        return [.. panels.Where(panel => panel.HasPoints)];
    }

    private static IReadOnlyList<ChartPoint> Points(StudyAnalysis analysis, (string Arm, string Profile) line, Func<NoiseSummary, CellFigure?> read) =>
    [
        .. analysis.Noise.Where(level => level.Arm == line.Arm && (level.Profile == line.Profile || level.Profile.Length == 0)).OrderBy(level => level.Scale)
            .Select(level => (level.Scale, Value: read(level))).Where(point => point.Value is not null && double.IsFinite(point.Value.Value))
            .Select(point => new ChartPoint(point.Scale, point.Value!)),
    ];
}
