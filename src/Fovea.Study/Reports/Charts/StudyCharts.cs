using Fovea.Reporting.Charts;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Reports.Charts;

/// <summary>The charts of a study that there is data for, and a sentence for each other one.</summary>
internal static class StudyCharts
{
    /// <summary>The picture that a report begins with.</summary>
    public const string Forest = "forest.png";

    private const string Bars = "Bars: of gradable shares Wilson's interval over all images, of distances Student's over seeds, "
        + "or with one seed the interval over images. ";

    public static (IReadOnlyList<ReportChart> Charts, IReadOnlyList<string> Skipped) Draw(StudyAnalysis analysis)
    {
        List<ReportChart> charts = [];
        List<string> skipped = [];
        if (ForestChart.Rows(analysis) is { Count: > 0 } rows)
        {
            charts.Add(new(
                Forest, "Every planned comparison",
                $"By the {rows[0].Metric.Name}, pairs of equal seeds; bars are 95 % intervals. Questions whose arms cannot be compared by it are "
                    + "not in it; they are told below.",
                theme => ForestChart.Png(rows, theme)));
        }

        var size = analysis.Arms.First(arm => arm.Cells.Count > 0).Size;
        Add(
            "parameters",
            "Quality and parameters of the denoiser",
            $"Trained on {ComparisonWords.Size(size.Name)}. {Bars}Arms of equal size stand over each other.",
            ArmPanels.Parameters(analysis, size),
            "");
        Add(
            "sizes", "Quality and number of training images", $"Lines join the cells of an arm and are no fit. {Bars}", ArmPanels.Sizes(analysis),
            "No chart against the number of training images: cells of one number alone are finished.");
        Add(
            "noise", "Quality and noise of the device",
            $"0 is the ideal circuit. Fewer images than the arms' figures have, so distances are larger. {Bars}",
            NoisePanels.Draw(analysis),
            "No chart against noise: no finished cell has figures of a noise sweep.");
        return (charts, skipped);

        void Add(string file, string title, string caption, IReadOnlyList<SeriesPanel> panels, string otherwise)
        {
            if (panels.Count > 0)
                charts.Add(new(file + ".png", title, caption.TrimEnd(), theme => SeriesChart.Png(panels, theme)));
            else if (otherwise.Length > 0)
                skipped.Add(otherwise);
        }
    }
}

/// <summary>Gradability and Fréchet distances of arms against what they are made of and what they were trained on.</summary>
internal static class ArmPanels
{
    private const double Thousand = 1000;

    /// <summary>Against the denoiser's parameters at one training size.</summary>
    public static IReadOnlyList<SeriesPanel> Parameters(StudyAnalysis analysis, TrainingSize size) =>
        Panels(analysis, "denoiser parameters (thousands)", arm => arm.Size == size, arm => arm.Cells[0].Costs.DenoiserParameters / Thousand);

    /// <summary>Against the number of training images; none where only one is finished.</summary>
    public static IReadOnlyList<SeriesPanel> Sizes(StudyAnalysis analysis) =>
        analysis.Cells.Select(cell => cell.TrainingImages).Distinct().Count() < 2
            ? []
            : [.. Panels(analysis, "training images (logarithmic)", _ => true, arm => arm.Cells[0].TrainingImages).Select(
                panel => panel with { Logarithmic = true, Joined = true })];

    /// <summary>A share in per cent.</summary>
    public static CellFigure Percent(CellFigure share) => new(100 * share.Value, 100 * share.Low, 100 * share.High);

    private static IReadOnlyList<SeriesPanel> Panels(StudyAnalysis analysis, string xLabel, Func<ArmSummary, bool> shown, Func<ArmSummary, double> place)
    {
        ArmSummary[] arms = [.. analysis.Arms.Where(arm => arm.Cells.Count > 0 && shown(arm))];
        SeriesPanel Panel(string title, string yLabel, Func<ArmSummary, CellFigure?> read) =>
            new(
                title,
                xLabel,
                yLabel,
                [.. analysis.Definition.Arms.Index()
                    .Select(arm => Series(arm.Item, arm.Index, arms, place, read))
                    .Where(series => series.Points.Count > 0)]);
        SeriesPanel[] panels =
        [
            Panel("Gradable images", "gradable (%)", arm => arm.Generated is { } share ? Percent(share) : null) with { Most = 100 },
            .. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.Frechet).Select(
                metric => Panel(metric.Name, "distance (smaller is better)", arm => arm.Of(metric))),
            // Of latents of different autoencoders losses have scales of their own.
            .. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.HeldOut && SharesAutoencoders(arms))
                .Select(metric => Panel(metric.Name, "loss (smaller is better)", arm => arm.Of(metric)) with { FromZero = false }),
        ];
        return [.. panels.Where(panel => panel.HasPoints)];
    }

    private static bool SharesAutoencoders(ArmSummary[] arms) =>
        arms.Select(arm => string.Join(' ', arm.Cells.Select(cell => cell.AutoencoderHash).Distinct().Order(StringComparer.Ordinal))).Distinct().Count() == 1;

    private static ChartSeries Series(StudyArm arm, int index, ArmSummary[] arms, Func<ArmSummary, double> place, Func<ArmSummary, CellFigure?> read) =>
        new(
            arm.Name, index,
            [
                .. arms.Where(summary => summary.Arm == arm).Select(summary => (Place: place(summary), Value: read(summary)))
                    .Where(point => point.Value is not null && double.IsFinite(point.Value.Value) && point.Place > 0).OrderBy(point => point.Place)
                    .Select(point => new ChartPoint(point.Place, point.Value!)),
            ]);
}

/// <summary>Gradability and Fréchet distances against the scale of a device's noise: a line an arm and device, each from the ideal circuits on.</summary>
internal static class NoisePanels
{
    public static IReadOnlyList<SeriesPanel> Draw(StudyAnalysis analysis)
    {
        string[] networks = [.. analysis.Noise.SelectMany(level => level.Frechet).Select(frechet => frechet.Network).Distinct()];
        (string Arm, string Profile)[] lines =
            [.. analysis.Noise.Where(level => level.Profile.Length > 0).Select(level => (level.Arm, level.Profile)).Distinct()];
        if (lines.Length == 0)
            return [];
        var several = lines.Select(line => line.Arm).Distinct().Count() > 1;
        SeriesPanel Panel(string title, string yLabel, Func<NoiseSummary, CellFigure?> read) => new(
            title, "scale of the device's noise", yLabel,
            [
                .. lines.Index()
                    .Select(line => new ChartSeries(
                        several ? $"{line.Item.Arm}, {line.Item.Profile}" : line.Item.Profile,
                        line.Index,
                        Points(analysis, line.Item, read))),
            ])
        {
            Joined = true,
        };
        SeriesPanel[] panels =
        [
            Panel("Gradable images", "gradable (%)", level => level.Gradable is { } share ? ArmPanels.Percent(share) : null) with { Most = 100 },
            .. networks.Select(
                network => Panel(
                    $"FD({network})",
                    "distance (smaller is better)",
                    level => level.Frechet.FirstOrDefault(frechet => frechet.Network == network).Value)),
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

/// <summary>Sets points of several series that share a place beside each other, so that none hides another.</summary>
internal static class SideBySide
{
    private const double Step = 0.015; // of the range: about as wide as a marker

    /// <summary>Where to draw the points.</summary>
    /// <param name="places">Each series' places on the axis.</param>
    /// <param name="range">What the axis shows.</param>
    /// <returns>The same, points nearer to each other than a step moved apart in the order of their series.</returns>
    public static double[][] Spread(IReadOnlyList<double[]> places, double range)
    {
        var step = Step * range;
        double[][] moved = [.. places.Select(series => series.ToArray())];
        var points = places.SelectMany((series, index) => series.Select((place, at) => (Series: index, At: at, Place: place))).OrderBy(point => point.Place)
            .ToArray();
        for (var first = 0; first < points.Length;)
        {
            var next = first + 1;
            while (next < points.Length && points[next].Place - points[next - 1].Place < step) next++;
            var together = points[first..next].OrderBy(point => point.Series).ToArray();
            foreach (var (rank, point) in together.Index())
                moved[point.Series][point.At] += (rank - ((together.Length - 1) / 2.0)) * step;
            first = next;
        }

        return moved;
    }
}
