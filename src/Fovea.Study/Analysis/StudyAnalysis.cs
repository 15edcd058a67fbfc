using Fovea.Core.Errors;
using Fovea.Evaluation.Statistics;
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

    /// <summary>Levels of noise; empty without a sweep.</summary>
    public required IReadOnlyList<NoiseSummary> Noise { get; init; }

    /// <summary>Results that the study does not plan, by name; they are in no figure.</summary>
    public required IReadOnlyList<string> Unplanned { get; init; }

    /// <summary>Settings of the bootstrap.</summary>
    public required BootstrapOptions Bootstrap { get; init; }

    /// <summary>The finished cells.</summary>
    public IEnumerable<CellResult> Cells => States.Select(state => state.Result).OfType<CellResult>();

    /// <summary>Analyses what is finished.</summary>
    /// <param name="definition">The study.</param>
    /// <param name="cells">Results of cells.</param>
    /// <param name="failures">Why cells have none, by their names.</param>
    /// <param name="options">Settings of the bootstrap; null for 4,000 replicates.</param>
    /// <exception cref="InputException">Nothing is finished, or two results are of one cell.</exception>
    public static StudyAnalysis Of(
        StudyDefinition definition, IReadOnlyList<CellResult> cells, IReadOnlyDictionary<string, string> failures, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(failures);
        var states = CellStates.Of(definition, cells, failures);
        CellResult[] finished = [.. states.Select(state => state.Result).OfType<CellResult>()];
        if (finished.Length == 0)
            throw new InputException($"study {definition.Name}: none of its {states.Count} cells is finished; there is nothing to report yet");
        var bootstrap = options ?? new BootstrapOptions { Replicates = Replicates };
        var metrics = StudyMetrics.Of(finished);
        var arms = ArmSummaries.Of(definition, states);
        return new()
        {
            Definition = definition,
            States = states,
            Metrics = metrics,
            Arms = arms,
            Comparisons = [.. definition.Questions.Select(question => StudyComparer.Of(question, states, metrics, bootstrap))],
            Noise = NoiseSummaries.Of(arms, bootstrap),
            Bootstrap = bootstrap,
            Unplanned = [.. cells.Except(finished).Select(cell => cell.Cell)],
        };
    }
}
