using Fovea.Evaluation.Statistics;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>Answers a study's questions.</summary>
public static class StudyComparer
{
    /// <summary>All comparisons of a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="states">The study's cells.</param>
    /// <param name="metrics">The metrics to compare by.</param>
    /// <param name="options">Settings of the bootstrap.</param>
    public static StudyComparison Of(StudyQuestion question, IReadOnlyList<CellState> states, IReadOnlyList<MetricKind> metrics, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(metrics);
        List<PairedComparison> made = [];
        List<LeftOut> leftOut = [];
        var comparer = new PairComparer(options);
        foreach (var size in states.Select(state => state.Size.Name).Distinct())
        {
            var pairs = Pairs(question, states, size);
            if (pairs.Length == 0)
            {
                leftOut.Add(new(size, "everything", Missing(question, states, size)));
                continue;
            }

            foreach (var metric in metrics.Where(metric => pairs.Any(pair => metric.Read(pair.Arm) is not null || metric.Read(pair.Against) is not null)))
            {
                var (comparison, reason) = metric.Key == StudyMetrics.HeldOut && !HaveLikeTargets(question, states)
                    ? (null, "the arms' diffusion settings differ, and with them what their denoisers are to say")
                    : comparer.Compare(metric, pairs);
                if (comparison is not null)
                    made.Add(comparison);
                else
                    leftOut.Add(new(size, metric.Name, reason));
            }
        }

        return new(question, Adjusted(made), leftOut);
    }

    private static (CellResult Arm, CellResult Against)[] Pairs(StudyQuestion question, IReadOnlyList<CellState> states, string size)
    {
        var finished = states.Where(state => state.Size.Name == size && state.Result is not null).ToLookup(state => state.Arm.Name);
        return [.. finished[question.Arm].Join(finished[question.Against], arm => arm.Seed, against => against.Seed, (arm, against) => (arm.Result!, against.Result!))];
    }

    private static bool HaveLikeTargets(StudyQuestion question, IReadOnlyList<CellState> states)
    {
        string[] Diffusion(string arm) => [.. states.First(state => state.Arm.Name == arm).Arm.Set.Where(setting => setting.TrimStart().StartsWith("diffusion.", StringComparison.Ordinal))];
        return Diffusion(question.Arm).SequenceEqual(Diffusion(question.Against));
    }

    private static string Missing(StudyQuestion question, IReadOnlyList<CellState> states, string size)
    {
        int Finished(string arm) => states.Count(state => state.Size.Name == size && state.Arm.Name == arm && state.Result is not null);
        return $"no seed is finished in both arms ({question.Arm}: {Finished(question.Arm)} finished, {question.Against}: {Finished(question.Against)})";
    }

    private static IReadOnlyList<PairedComparison> Adjusted(List<PairedComparison> made)
    {
        PairedComparison[] tested = [.. made.Where(comparison => comparison.PValue is not null)];
        var adjusted = tested.Zip(HolmAdjustment.Of([.. tested.Select(comparison => comparison.PValue!.Value)])).ToDictionary(pair => (pair.First.Size, pair.First.Metric), pair => pair.Second);
        return [.. made.Select(comparison => adjusted.TryGetValue((comparison.Size, comparison.Metric), out var p) ? comparison with { HolmPValue = p } : comparison)];
    }
}
