using System.Xml.Linq;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>A question with its paired differences.</summary>
internal static class QuestionSection
{
    private static readonly string[] Headings =
    [
        "metric", "arm", "against", "difference", "95 % interval", "verdict", "images alone", "n", "p (t)", "p (Holm)",
        "p (Wilcoxon)", "smallest p", "d_z", "rank-biserial",
    ];

    public static XElement Build(StudyComparison question, int number, StudyProtocol? protocol) =>
        PageParts.Section(
            $"question-{number}", question.Question.Title,
            PageParts.Note(
                $"{question.Question.Arm} compared with {question.Question.Against}, pairs of equal seeds; "
                + $"a difference is {question.Question.Arm} less {question.Question.Against}. "
                + "Intervals: b bootstrap over seeds and images, t Student over seeds, i images alone."),
            Element("ul", SeedWords.Sentences(question).Select(sentence => Element("li", sentence))),
            question.Comparisons.GroupBy(comparison => comparison.Size).Select(group => Table(question, group.Key, [.. group], protocol)),
            question.LeftOut.Count == 0 ? null
                : new object[]
                {
                    Element("h3", "Not compared"),
                    Element("ul", question.LeftOut.Select(left => Element("li", $"{ComparisonWords.Size(left.Size)}, {left.What}: {left.Reason}."))),
                });

    private static XElement Table(StudyComparison question, string size, PairedComparison[] comparisons, StudyProtocol? protocol)
    {
        var caption = $"{question.Question.Arm} less {question.Question.Against}, {ComparisonWords.Size(size)},"
            + $" seeds {Phrases.Ranges(comparisons.SelectMany(comparison => comparison.Seeds).Distinct())}";
        return protocol is null
            ? PlainTable.Draw(caption, Headings, comparisons.Select(Row))
            : PlainTable.Draw(
                caption, [.. Headings, "planned"], comparisons.Select(row => (IReadOnlyList<object?>)[.. Row(row), ProtocolWords.Role(protocol, row.Metric)]));
    }

    private static IReadOnlyList<object?> Row(PairedComparison comparison) =>
    [
        comparison.Metric.Name,
        StudyFigures.Mean(comparison.Metric.Unit, comparison.ArmValues),
        StudyFigures.Mean(comparison.Metric.Unit, comparison.AgainstValues),
        StudyFigures.Difference(comparison),
        StudyFigures.Interval(comparison) + Source(comparison.Method),
        comparison.Verdict is Verdict.NoMeasurableDifference or Verdict.Unknown
            ? ComparisonWords.Short(comparison)
            : Element("strong", ComparisonWords.Short(comparison)),
        StudyFigures.ImageNoise(comparison),
        comparison.Seeds.Count,
        StudyFigures.Probability(comparison.PValue),
        StudyFigures.Probability(comparison.HolmPValue),
        StudyFigures.Probability(comparison.SignedRank?.PValue),
        comparison.SignedRank is { } test ? StudyFigures.Probability(Fovea.Metrics.Statistics.SignedRankTest.SmallestPValue(test.Pairs)) : Figures.None,
        StudyFigures.Effect(comparison.EffectSize),
        StudyFigures.Effect(comparison.SignedRank?.RankBiserial),
    ];

    private static string Source(IntervalMethod method) => method switch
    {
        IntervalMethod.SeedsAndImages => " b",
        IntervalMethod.Seeds => " t",
        IntervalMethod.Images => " i",
        _ => "",
    };
}

/// <summary>All arms beside each other, a table a training size; an arm that is not there stays in its place with the reason.</summary>
internal static class ArmsSection
{
    private const int Columns = 5;

    public static XElement Build(StudyAnalysis analysis) =>
        PageParts.Section(
            "arms", "Arms",
            PageParts.Note(
                (analysis.IsGraded
                    ? "Gradable: images of all seeds together, with Wilson's interval, as if images were independent; beside them the "
                        + "real held-out photographs and "
                        + "their reconstructions, a rough ceiling, since all images pass that decoder. Other figures: "
                    : "Figures: ")
                    + "mean over seeds with Student's interval, or with one seed "
                    + "the interval over images. Circuits: how far their angles moved (root mean square); what the held-out loss rises by with the "
                    + "angles of the start (share), "
                    + "and with the mean of what the layers' circuits or controls say in its place (use)."),
            analysis.Arms.GroupBy(arm => arm.Size).Select(group => Tables(analysis, group.Key.Name, [.. group])));

    // All figures in one table would fit no page.
    private static object[] Tables(StudyAnalysis analysis, string size, ArmSummary[] arms)
    {
        MetricKind[] shown = [.. analysis.Metrics.Where(metric => metric.Key != StudyMetrics.Gradable && arms.Any(arm => arm.Of(metric) is not null))];
        MetricKind[] others = [.. shown.Except(ArmColumns.Headline(analysis))];
        var columns = ArmColumns.List(analysis);
        return
        [
            PlainTable.Draw(Caption(size, arms), ["arm", "seeds", .. columns.Select(column => column.Heading)], arms.Select(arm => Row(arm, columns))),
            .. others.Chunk(Columns).Select(part => PlainTable.Draw(
                Caption(size, arms) + ", further figures", ["arm", .. part.Select(metric => metric.Name)],
                arms.Select(arm => (IReadOnlyList<object?>)[arm.Arm.Name, .. part.Select(metric => StudyFigures.Value(metric.Unit, arm.Of(metric)))]))),
        ];
    }

    private static string Caption(string size, ArmSummary[] arms)
    {
        int[] images = [.. arms.SelectMany(arm => arm.Cells).Select(cell => cell.TrainingImages).Distinct().Order()];
        var count = images.Length == 0 || size == $"{images[0]}" ? "" : $" ({Phrases.Join([.. images.Select(number => $"{number}")])})";
        return $"Trained on {ComparisonWords.Size(size)}{count}";
    }

    private static IReadOnlyList<object?> Row(ArmSummary arm, IReadOnlyList<ArmColumn> columns) =>
    [
        arm.Arm.Name,
        arm.Missing.Count == 0
            ? $"{arm.Planned}"
            : new object[] { $"{arm.Cells.Count} of {arm.Planned}", Element("br"), Classed("span", "label", string.Join("; ", arm.Missing)) },
        .. columns.Select(column => arm.Cells.Count == 0 ? Figures.None : column.Read(arm)),
    ];
}

/// <summary>Arms whose circuits ran on noisy devices.</summary>
internal static class NoiseSection
{
    public static XElement Build(StudyAnalysis analysis) =>
        PageParts.Section(
            "noise", "Noise",
            analysis.Noise.Count == 0
                ? PageParts.Note(analysis.Definition.Noise is null ? "The study has no noise sweep." : "No cell of the noise sweep is finished.")
                : new object?[]
                {
                    PageParts.Note(
                        "The same images drawn again with the circuits on a device whose noise is multiplied by the scale. The difference is to the "
                            + "ideal circuits, image by image."),
                    Table(analysis.Noise),
                });

    private static XElement Table(IReadOnlyList<NoiseSummary> levels)
    {
        string[] networks = [.. levels.SelectMany(level => level.Frechet).Select(frechet => frechet.Network).Distinct()];
        return PlainTable.Draw(
            "Under noise",
            [
                "arm", "trained on", "device", "scale", "seeds", "gradable", "difference to ideal", "95 % interval",
                "change (grey levels)",
                .. networks.Select(network => $"FD({network})"),
            ],
            levels.Select(level => (IReadOnlyList<object?>)
            [
                level.Arm, level.Size, level.Profile.Length == 0 ? "ideal" : level.Profile, Figures.Number(level.Scale), level.Seeds,
                StudyFigures.Value(MetricUnit.Share, level.Gradable),
                level.AgainstIdeal is { } difference ? StudyFigures.Difference(difference) : Figures.None,
                level.AgainstIdeal is { } compared ? StudyFigures.Interval(compared) : Figures.None,
                StudyFigures.Value(MetricUnit.Number, level.Change),
                .. networks.Select(network => StudyFigures.Value(MetricUnit.Number, level.Frechet.FirstOrDefault(frechet => frechet.Network == network).Value)),
            ]));
    }
}
