using Fovea.Core;
using Fovea.Metrics.Statistics;
using Fovea.Reporting;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;

namespace Fovea.Study.Reports;

/// <summary>The study in a few sentences.</summary>
internal static class StudyFindings
{
    /// <summary>How much of the study there is.</summary>
    public static string Progress(StudyAnalysis analysis)
    {
        var (done, all) = (analysis.Cells.Count(), analysis.States.Count);
        var progress = done == all
            ? $"All {Counted.Of(all, "cell")} are finished."
            : $"{done} of {Counted.Of(all, "cell")} are finished; the others are in the tables with the reason.";
        return analysis.Unplanned.Count == 0
            ? progress
            : $"{progress} {Counted.Of(analysis.Unplanned.Count, "result")} more in the folder that the study does not plan: "
                + $"{Phrases.Join(analysis.Unplanned)}; in no figure.";
    }

    /// <summary>
    /// Of each question the gradable share and the Fréchet distances, or without them the held-out loss, and then the counts of all comparisons.
    /// </summary>
    public static IEnumerable<string> Sentences(StudyComparison question)
    {
        PairedComparison[] told = [.. question.Comparisons.Where(comparison => comparison.Metric.Key is StudyMetrics.Gradable or StudyMetrics.Frechet)];
        if (told.Length == 0) told = [.. question.Comparisons.Where(comparison => comparison.Metric.Key == StudyMetrics.HeldOut)];
        foreach (var comparison in told) yield return ComparisonWords.Sentence(comparison, question.Family);
        // One that was told needs no count.
        if (question.Comparisons.Count > 1 || (told.Length == 0 && question.Comparisons.Count > 0))
            yield return Counts(question);
        foreach (var left in question.LeftOut)
            yield return $"Not compared, {ComparisonWords.Size(left.Size)}: {left.What}: {left.Reason}.";
    }

    private static string Counts(StudyComparison question)
    {
        int Count(params Verdict[] verdicts) => question.Comparisons.Count(comparison => verdicts.Contains(comparison.Verdict));
        var different = question.Comparisons.Count(comparison => comparison.Verdict is not (Verdict.Unknown or Verdict.NoMeasurableDifference));
        var surviving = question.Comparisons.Count(
            comparison => comparison.Verdict is not (Verdict.Unknown or Verdict.NoMeasurableDifference) && ComparisonWords.SurvivesHolm(comparison));
        var tested = question.Family == 0 ? "which no test over seeds could look at"
            : $"of which {(surviving == 0 ? "none" : $"{surviving}")} survive{(surviving == 1 ? "s" : "")} Holm's correction "
                + $"for the {question.Family} with a test";
        return $"Of {Counted.Of(question.Comparisons.Count, "comparison")}, {different} {(different == 1 ? "has" : "have")} an interval without 0 "
            + $"({question.Question.Arm} better in {Count(Verdict.Better)}, worse in {Count(Verdict.Worse)}, neither in "
            + $"{Count(Verdict.Higher, Verdict.Lower)}), {tested}; {Count(Verdict.NoMeasurableDifference)} show no measurable difference"
            + $"{(Count(Verdict.Unknown) is > 0 and var unknown ? $", {unknown} have no interval" : "")}.";
    }
}

/// <summary>What a comparison says, in words made from its numbers by fixed rules.</summary>
internal static class ComparisonWords
{

    /// <summary>"no measurable difference (n = 3 seeds, difference +1.2 points, interval [-4.0, 6.4])".</summary>
    public static string Verdict(PairedComparison comparison, int family) =>
        $"{Claim(comparison)} ({Seeds(comparison.Seeds.Count)}, difference {StudyFigures.Difference(comparison)}"
            + $"{(comparison.Interval is null ? "" : $", interval {StudyFigures.Interval(comparison)}")}){Reserve(comparison, family)}";

    /// <summary>A sentence with the metric, the size and both arms' means.</summary>
    public static string Sentence(PairedComparison comparison, int family)
    {
        var unit = comparison.Metric.Unit;
        return $"{Capital(comparison.Metric.Name)}, {Size(comparison.Size)}: {comparison.Arm} {StudyFigures.Mean(unit, comparison.ArmValues)}, "
            + $"{comparison.Against} {StudyFigures.Mean(unit, comparison.AgainstValues)}: {Verdict(comparison, family)}.";
    }

    /// <summary>One or two words for a table.</summary>
    public static string Short(PairedComparison comparison) => comparison.Verdict switch
    {
        Analysis.Verdict.NoMeasurableDifference => "no measurable difference",
        Analysis.Verdict.Unknown => "no interval",
        var other => other.ToString().ToLowerInvariant()
            + (comparison.Seeds.Count == 1 ? ", these two trainings"
                : comparison.HolmPValue is null ? ", untested"
                : SurvivesHolm(comparison) ? ""
                : ", not after Holm"),
    };

    /// <summary>Whether the family's adjusted p-value is below 5 %.</summary>
    public static bool SurvivesHolm(PairedComparison comparison) => comparison.HolmPValue < PlannedAnswer.Level;

    /// <summary>"all training images", "500 training images", "25 % of the training images".</summary>
    public static string Size(string size) => size == "all" ? "all training images"
        : size.EndsWith("pct", StringComparison.Ordinal) ? $"{size[..^3]} % of the training images"
        : $"{size} training images";

    /// <summary>"n = 1 seed", "n = 3 seeds".</summary>
    public static string Seeds(int count) => $"n = {Counted.Of(count, "seed")}";

    private static string Claim(PairedComparison comparison) => comparison.Verdict switch
    {
        Analysis.Verdict.NoMeasurableDifference => "no measurable difference",
        Analysis.Verdict.Unknown => "whether they differ cannot be told, as there is no interval",
        var other => $"{comparison.Arm} is {other.ToString().ToLowerInvariant()}",
    };

    private static string Reserve(PairedComparison comparison, int family)
    {
        if (comparison.Seeds.Count == 1)
            return "; one training each: what another seed would give is not known";
        if (comparison.Verdict is Analysis.Verdict.NoMeasurableDifference or Analysis.Verdict.Unknown)
            return "";
        if (comparison.HolmPValue is null)
            return "; all seeds differ by the same, which no test over seeds can judge";
        var holm = $"Holm's correction for {Counted.Of(family, "comparison")} (p = {StudyFigures.Probability(comparison.HolmPValue)})".Replace(
            "= <", "<", StringComparison.Ordinal);
        var small = comparison.ImageNoise is { } noise && Math.Abs(comparison.Difference) < noise
            ? $"; images alone move one pair of cells by {StudyFigures.ImageNoise(comparison)}"
            : "";
        return (SurvivesHolm(comparison) ? $"; the difference survives {holm}" : $"; the difference does not survive {holm}") + small;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>What was planned, and what came of it.</summary>
internal static class ProtocolWords
{
    /// <summary>An answer by the primary figure, with the difference that would matter.</summary>
    public static string Sentence(PlannedAnswer answer)
    {
        var row = answer.Comparison;
        var matters = StudyFigures.Amount(row.Metric.Unit, answer.SmallestDifference);
        var claim = answer.Verdict switch
        {
            PlannedVerdict.Better => $"{row.Arm} is better",
            PlannedVerdict.Worse => $"{row.Arm} is worse",
            PlannedVerdict.TooSmallToMatter => $"they differ, by less than the {matters} that would matter",
            PlannedVerdict.NoDifferenceThatMatters => $"no difference of {matters}, from which on it would matter",
            PlannedVerdict.Undecided => $"undecided, as the interval holds differences of {matters}, from which on they matter",
            _ => "whether they differ cannot be told, as there is no interval",
        };
        var test = answer.HolmPValue is { } p
            ? $", p = {StudyFigures.Probability(p)} among all planned answers".Replace("= <", "<", StringComparison.Ordinal)
            : "";
        var power = answer is { Verdict: PlannedVerdict.Undecided, SeedsNeeded: { } needed }
            ? $"; by its scatter a test needs {needed} seeds to find it four times in five"
            : "";
        return $"{ComparisonWords.Size(row.Size)}: {claim} ({row.Arm} {StudyFigures.Mean(row.Metric.Unit, row.ArmValues)}, "
            + $"{row.Against} {StudyFigures.Mean(row.Metric.Unit, row.AgainstValues)}, {ComparisonWords.Seeds(row.Seeds.Count)}, difference "
            + $"{StudyFigures.Difference(row)}{(row.Interval is null ? "" : $", interval {StudyFigures.Interval(row)}")}{test}){power}.";
    }

    /// <summary>How the plan was kept; empty where nothing is to be told.</summary>
    public static IEnumerable<string> Keeping(ProtocolReading reading)
    {
        if (reading.Before > 0)
        {
            yield return $"{Counted.Of(reading.Before, "cell")} {(reading.Before == 1 ? "was" : "were")} finished before there was a protocol: what was "
                + "planned after a result was seen is no plan.";
        }

        if (reading.Changed > 0)
        {
            yield return $"The protocol was changed: {Counted.Of(reading.Changed, "cell")} "
                + $"{(reading.Changed == 1 ? "was" : "were")} finished under another one.";
        }

        var fewest = reading.Answers.Count == 0 ? 0 : reading.Answers.Min(answer => answer.Comparison.Seeds.Count);
        if (fewest != reading.Protocol.Seeds)
        {
            yield return $"{Counted.Of(reading.Protocol.Seeds, "seed")} were planned; the answers rest on "
                + $"{(fewest == 0 ? "none" : $"{fewest}")}{(reading.Answers.Any(answer => answer.Comparison.Seeds.Count != fewest) ? " and more" : "")}.";
        }
    }

    /// <summary>What a metric is in the plan, for a table.</summary>
    public static string Role(StudyProtocol protocol, MetricKind metric) =>
        StudyProtocol.IsOf(protocol.Primary, metric.Key, metric.Network) ? "primary"
        : protocol.Secondary.Any(name => StudyProtocol.IsOf(name, metric.Key, metric.Network)) ? "secondary" : "by looking";
}

/// <summary>What so few seeds can and cannot show.</summary>
internal static class SeedWords
{
    private const int FewSeeds = 5;

    /// <summary>A sentence on the tests of a question; empty where there is no comparison.</summary>
    public static IEnumerable<string> Sentences(StudyComparison question)
    {
        if (question.Comparisons.Count == 0)
            yield break;
        var bySize = question.Comparisons.GroupBy(comparison => comparison.Size, comparison => comparison.Seeds.Count)
            .ToDictionary(group => group.Key, group => group.Max());
        var seeds = bySize.Values.Max();
        string[] single = [.. bySize.Where(pair => pair.Value == 1).Select(pair => ComparisonWords.Size(pair.Key))];
        if (single.Length > 0)
        {
            yield return $"One training of each arm on {Phrases.Join(single)}: intervals are over images and hold for these two trainings only. What another "
                + "seed would give is not known, and no test over seeds can be made.";
        }

        if (seeds == 1)
            yield break;

        yield return Smallest(seeds);
        if (question.Family > 0)
        {
            yield return $"If nothing differed, {Figures.Number(PlannedAnswer.Level * question.Family, 2)} of these "
                + $"{Counted.Of(question.Family, "comparison")} would "
                + $"have p < 0.05 on average. {Least(seeds, question.Family)}";
        }

        if (seeds < FewSeeds)
            yield return $"With {seeds} seeds the interval over seeds is rough: it rests on {Counted.Of(seeds, "difference")}.";
    }

    /// <summary>What Holm's correction asks of the clearest difference.</summary>
    public static string Least(int seeds, int family) => family == 0
        ? "No comparison has a test over seeds."
        : $"With {seeds} seeds the clearest of {Counted.Of(family, "comparison")} survives Holm's correction only from "
            + $"{Figures.Number(StudentInterval.LeastEffect(seeds, PlannedAnswer.Level / family), 2)} standard deviations of the differences of seeds on.";

    /// <summary>The smallest p-value that so many seeds can give.</summary>
    public static string Smallest(int seeds)
    {
        var least = SignedRankTest.SmallestPValue(seeds);
        var needed = Enumerable.Range(1, 64).First(count => SignedRankTest.SmallestPValue(count) < PlannedAnswer.Level);
        return $"With {seeds} seeds the smallest two-sided p-value that Wilcoxon's signed-rank test can give is {StudyFigures.Probability(least)}"
            + (least < PlannedAnswer.Level
                ? "."
                : $": it cannot reject at {StudyFigures.Probability(PlannedAnswer.Level)}, however large a difference is; that takes {needed} seeds.");
    }
}
