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
            yield return $"The question has {Figures.Count(question.Family, "comparison")} with a p-value; without correction {Figures.Number(Level * question.Family, 2)} of them would be called different on average though nothing is.";
        if (seeds < FewSeeds)
            yield return $"With {seeds} seeds the interval over seeds is rough: it rests on {Figures.Count(seeds, "difference")}.";
    }

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
