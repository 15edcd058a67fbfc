using Fovea.Reporting.Words;
using Fovea.Study.Analysis;

namespace Fovea.Study.Reports.Words;

/// <summary>What a comparison says, in words made from its numbers by fixed rules.</summary>
internal static class ComparisonWords
{
    private const double Level = 0.05;

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
        var other => other.ToString().ToLowerInvariant() + (comparison.Seeds.Count == 1 ? ", these two trainings" : comparison.HolmPValue is null ? ", untested" : SurvivesHolm(comparison) ? "" : ", not after Holm"),
    };

    /// <summary>Whether the family's adjusted p-value is below 5 %.</summary>
    public static bool SurvivesHolm(PairedComparison comparison) => comparison.HolmPValue < Level;

    /// <summary>"all training images", "500 training images", "25 % of the training images".</summary>
    public static string Size(string size) => size == "all" ? "all training images"
        : size.EndsWith("pct", StringComparison.Ordinal) ? $"{size[..^3]} % of the training images"
        : $"{size} training images";

    /// <summary>"n = 1 seed", "n = 3 seeds".</summary>
    public static string Seeds(int count) => $"n = {Figures.Count(count, "seed")}";

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
        var holm = $"Holm's correction for {Figures.Count(family, "comparison")} (p = {StudyFigures.Probability(comparison.HolmPValue)})".Replace("= <", "<", StringComparison.Ordinal);
        var small = comparison.ImageNoise is { } noise && Math.Abs(comparison.Difference) < noise
            ? $"; images alone move one pair of cells by {StudyFigures.ImageNoise(comparison)}"
            : "";
        return (SurvivesHolm(comparison) ? $"; the difference survives {holm}" : $"; the difference does not survive {holm}") + small;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
