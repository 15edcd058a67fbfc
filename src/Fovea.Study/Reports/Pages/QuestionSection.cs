using System.Xml.Linq;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Words;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>A question with its paired differences.</summary>
internal static class QuestionSection
{
    private static readonly string[] Headings =
    [
        "metric", "arm", "against", "difference", "95 % interval", "verdict", "images alone", "n", "p (t)", "p (Holm)", "p (Wilcoxon)", "smallest p", "d_z", "rank-biserial",
    ];

    public static XElement Of(StudyComparison question, int number) =>
        PageParts.Section(
            $"question-{number}", question.Question.Title,
            PageParts.Note($"{question.Question.Arm} compared with {question.Question.Against}, pairs of equal seeds; a difference is {question.Question.Arm} less {question.Question.Against}. "
                + "Intervals: b bootstrap over seeds and images, t Student over seeds, i images alone."),
            Element("ul", SeedWords.Sentences(question).Select(sentence => Element("li", sentence))),
            question.Comparisons.GroupBy(comparison => comparison.Size).Select(group => Table(question, group.Key, [.. group])),
            question.LeftOut.Count == 0 ? null
                : new object[]
                {
                    Element("h3", "Not compared"),
                    Element("ul", question.LeftOut.Select(left => Element("li", $"{ComparisonWords.Size(left.Size)}, {left.What}: {left.Reason}."))),
                });

    private static XElement Table(StudyComparison question, string size, PairedComparison[] comparisons)
    {
        var caption = $"{question.Question.Arm} less {question.Question.Against}, {ComparisonWords.Size(size)}, seeds {Phrases.Ranges(comparisons.SelectMany(comparison => comparison.Seeds).Distinct())}";
        return PlainTable.Of(caption, Headings, comparisons.Select(Row));
    }

    private static IReadOnlyList<object?> Row(PairedComparison comparison) =>
    [
        comparison.Metric.Name,
        StudyFigures.Mean(comparison.Metric.Unit, comparison.ArmValues),
        StudyFigures.Mean(comparison.Metric.Unit, comparison.AgainstValues),
        StudyFigures.Difference(comparison),
        StudyFigures.Interval(comparison) + Source(comparison.Method),
        comparison.Verdict is Verdict.NoMeasurableDifference or Verdict.Unknown ? ComparisonWords.Short(comparison) : Element("strong", ComparisonWords.Short(comparison)),
        StudyFigures.ImageNoise(comparison),
        comparison.Seeds.Count,
        StudyFigures.Probability(comparison.PValue),
        StudyFigures.Probability(comparison.HolmPValue),
        StudyFigures.Probability(comparison.SignedRank?.PValue),
        comparison.SignedRank is { } test ? StudyFigures.Probability(Evaluation.Statistics.SignedRankTest.SmallestPValue(test.Pairs)) : Figures.None,
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
