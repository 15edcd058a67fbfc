using Fovea.Core.Errors;
using Fovea.Metrics.Statistics;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>All that a study's results say, in numbers.</summary>
public sealed record StudyAnalysis
{
    private const int Replicates = 4000;

    /// <summary>The study.</summary>
    public required StudyDefinition Definition { get; init; }

    /// <summary>All planned cells: arm after arm, size after size, seed after seed.</summary>
    public required IReadOnlyList<CellState> States { get; init; }

    /// <summary>The metrics that some cell has.</summary>
    public required IReadOnlyList<MetricKind> Metrics { get; init; }

    /// <summary>Arms at sizes, the largest size first.</summary>
    public required IReadOnlyList<ArmSummary> Arms { get; init; }

    /// <summary>The answers to the questions.</summary>
    public required IReadOnlyList<StudyComparison> Comparisons { get; init; }

    /// <summary>The same read by the study's protocol; null without one.</summary>
    public ProtocolReading? Protocol { get; init; }

    /// <summary>Levels of noise; empty without a sweep.</summary>
    public required IReadOnlyList<NoiseSummary> Noise { get; init; }

    /// <summary>What its tuning chose; null where nothing was tuned.</summary>
    public TuningResult? Tuning { get; init; }

    /// <summary>Results that the study does not plan, by name; they are in no figure.</summary>
    public required IReadOnlyList<string> Unplanned { get; init; }

    /// <summary>Settings of the bootstrap.</summary>
    public required BootstrapOptions Bootstrap { get; init; }

    /// <summary>Whether images were graded.</summary>
    public bool IsGraded => Metrics.Contains(StudyMetrics.GradableShare);

    /// <summary>The finished cells.</summary>
    public IEnumerable<CellResult> Cells => States.Select(state => state.Result).OfType<CellResult>();

    /// <summary>Analyses what is finished.</summary>
    /// <param name="definition">The study.</param>
    /// <param name="cells">Results of cells.</param>
    /// <param name="failures">Why cells have none, by their names.</param>
    /// <param name="options">Settings of the bootstrap; null for 4,000 replicates.</param>
    /// <exception cref="InputException">Nothing is finished, or two results are of one cell.</exception>
    public static StudyAnalysis Analyze(
        StudyDefinition definition, IReadOnlyList<CellResult> cells, IReadOnlyDictionary<string, string> failures, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(failures);
        var states = CellStates.Arrange(definition, cells, failures);
        CellResult[] finished = [.. states.Select(state => state.Result).OfType<CellResult>()];
        if (finished.Length == 0)
            throw new InputException($"study {definition.Name}: none of its {states.Count} cells is finished; there is nothing to report yet");
        var bootstrap = options ?? new BootstrapOptions { Replicates = Replicates };
        var metrics = StudyMetrics.Find(finished);
        var arms = ArmSummaries.Build(definition, states);
        StudyComparison[] comparisons = [.. definition.Questions.Select(question => StudyComparer.Compare(question, states, metrics, bootstrap))];
        return new()
        {
            Definition = definition,
            States = states,
            Metrics = metrics,
            Arms = arms,
            Comparisons = comparisons,
            Protocol = definition.Protocol is { } protocol ? ProtocolReading.Read(protocol, comparisons, finished) : null,
            Noise = NoiseSummaries.Build(arms, bootstrap),
            Bootstrap = bootstrap,
            Unplanned = [.. cells.Except(finished).Select(cell => cell.Cell)],
        };
    }
}

/// <summary>Answers a study's questions.</summary>
public static class StudyComparer
{
    /// <summary>All comparisons of a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="states">The study's cells.</param>
    /// <param name="metrics">The metrics to compare by.</param>
    /// <param name="options">Settings of the bootstrap.</param>
    public static StudyComparison Compare(StudyQuestion question, IReadOnlyList<CellState> states, IReadOnlyList<MetricKind> metrics, BootstrapOptions options)
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
        return [.. finished[question.Arm].Join(
            finished[question.Against],
            arm => arm.Seed,
            against => against.Seed,
            (arm, against) => (arm.Result!, against.Result!))];
    }

    private static bool HaveLikeTargets(StudyQuestion question, IReadOnlyList<CellState> states)
    {
        // However they are spaced and ordered; of one that is named twice the last counts.
        Dictionary<string, string> Diffusion(string arm) => states.First(state => state.Arm.Name == arm).Arm.Set
            .Select(setting => setting.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(setting => setting[0].StartsWith("diffusion.", StringComparison.Ordinal))
            .GroupBy(setting => setting[0], setting => setting[^1].Trim('"', '\''))
            .ToDictionary(setting => setting.Key, setting => setting.Last());
        return Diffusion(question.Arm).OrderBy(setting => setting.Key).SequenceEqual(Diffusion(question.Against).OrderBy(setting => setting.Key));
    }

    private static string Missing(StudyQuestion question, IReadOnlyList<CellState> states, string size)
    {
        int Finished(string arm) => states.Count(state => state.Size.Name == size && state.Arm.Name == arm && state.Result is not null);
        return $"no seed is finished in both arms ({question.Arm}: {Finished(question.Arm)} finished, {question.Against}: {Finished(question.Against)})";
    }

    private static IReadOnlyList<PairedComparison> Adjusted(List<PairedComparison> made)
    {
        PairedComparison[] tested = [.. made.Where(comparison => comparison.PValue is not null)];
        var adjusted = tested.Zip(HolmAdjustment.Adjust([.. tested.Select(comparison => comparison.PValue!.Value)]))
            .ToDictionary(pair => (pair.First.Size, pair.First.Metric), pair => pair.Second);
        return [.. made.Select(comparison =>
            adjusted.TryGetValue((comparison.Size, comparison.Metric), out var p) ? comparison with { HolmPValue = p } : comparison)];
    }
}
