using Fovea.Evaluation.Statistics;
using Fovea.Reporting.Words;
using Fovea.Study.Analysis;

namespace Fovea.Study.Reports.Words;

/// <summary>What so few seeds can and cannot show.</summary>
internal static class SeedWords
{
    private const double Level = 0.05;
    private const int FewSeeds = 5;

    /// <summary>A sentence on the tests of a question; empty where there is no comparison.</summary>
    public static IEnumerable<string> Sentences(StudyComparison question)
    {
        if (question.Comparisons.Count == 0)
            yield break;
        var bySize = question.Comparisons.GroupBy(comparison => comparison.Size, comparison => comparison.Seeds.Count).ToDictionary(group => group.Key, group => group.Max());
        var seeds = bySize.Values.Max();
        string[] single = [.. bySize.Where(pair => pair.Value == 1).Select(pair => ComparisonWords.Size(pair.Key))];
        if (single.Length > 0)
            yield return $"One training of each arm on {Phrases.Join(single)}: intervals are over images and hold for these two trainings only. What another seed would give is not known, and no test over seeds can be made.";
        if (seeds == 1)
            yield break;

        yield return Smallest(seeds);
        if (question.Family > 0)
            yield return $"If nothing differed, {Figures.Number(Level * question.Family, 2)} of these {Figures.Count(question.Family, "comparison")} would have p < 0.05 on average. {Least(seeds, question.Family)}";
        if (seeds < FewSeeds)
            yield return $"With {seeds} seeds the interval over seeds is rough: it rests on {Figures.Count(seeds, "difference")}.";
    }

    /// <summary>What Holm's correction asks of the clearest difference.</summary>
    public static string Least(int seeds, int family) => family == 0
        ? "No comparison has a test over seeds."
        : $"With {seeds} seeds the clearest of {Figures.Count(family, "comparison")} survives Holm's correction only from {Figures.Number(StudentInterval.LeastEffect(seeds, Level / family), 2)} standard deviations of the differences of seeds on.";

    /// <summary>The smallest p-value that so many seeds can give.</summary>
    public static string Smallest(int seeds)
    {
        var least = SignedRankTest.SmallestPValue(seeds);
        var needed = Enumerable.Range(1, 64).First(count => SignedRankTest.SmallestPValue(count) < Level);
        return $"With {seeds} seeds the smallest two-sided p-value that Wilcoxon's signed-rank test can give is {StudyFigures.Probability(least)}"
            + (least < Level
                ? "."
                : $": it cannot reject at {StudyFigures.Probability(Level)}, however large a difference is; that takes {needed} seeds.");
    }
}
