using Fovea.Core.Errors;
using Fovea.Metrics.Statistics;
using Fovea.Reporting;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>One arm at one training size over its seeds.</summary>
public sealed record ArmSummary
{
    /// <summary>The arm.</summary>
    public required StudyArm Arm { get; init; }

    /// <summary>The training size.</summary>
    public required TrainingSize Size { get; init; }

    /// <summary>Seeds that were planned.</summary>
    public required int Planned { get; init; }

    /// <summary>The finished cells in the order of their seeds.</summary>
    public required IReadOnlyList<CellResult> Cells { get; init; }

    /// <summary>Why cells are missing: a line a reason, with the seeds it stands for.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Gradable images of all seeds together, with Wilson's interval; null where nothing is finished.</summary>
    public CellFigure? Generated { get; init; }

    /// <summary>Of the real photographs, which are the same for all seeds.</summary>
    public CellFigure? Real { get; init; }

    /// <summary>Of the reconstructions: the seeds' mean, with Wilson's interval of one set, since all are of the same photographs.</summary>
    public CellFigure? Reconstructed { get; init; }

    /// <summary>How far the denoiser's circuits moved, mean over the cells that tell; null where none does.</summary>
    public double? CircuitDisplacement => Mean(cell => cell.Circuits?.Displacement);

    /// <summary>What the held-out loss rises by with the circuits' weights of the start, mean over the cells that tell.</summary>
    public double? CircuitShare => Mean(cell => cell.Circuits?.Share);

    /// <summary>What the held-out loss rises by when circuits or controls give the mean of their numbers, mean over the cells that tell.</summary>
    public double? MiddleUse => Mean(cell => cell.Middles?.Use);

    /// <summary>
    /// A metric over the seeds: mean with Student's interval; with one seed its own interval over images. Seeds that share what the figure belongs to, as
    /// an autoencoder, count as one.
    /// </summary>
    /// <param name="metric">The metric.</param>
    public CellFigure? Of(MetricKind metric) => SeedFigure.Estimate([.. Cells.DistinctBy(metric.Sample).Select(metric.Read).OfType<CellFigure>()]);

    private double? Mean(Func<CellResult, double?> read) => Cells.Select(read).OfType<double>().ToArray() is { Length: > 0 } values ? values.Average() : null;
}

/// <summary>Gathers cells over seeds.</summary>
internal static class ArmSummaries
{
    public static IReadOnlyList<ArmSummary> Build(StudyDefinition definition, IReadOnlyList<CellState> states) =>
    [
        .. Sizes(definition, states).SelectMany(
            size => definition.Arms.Select(arm => Build(arm, size, [.. states.Where(state => state.Arm == arm && state.Size == size)]))),
    ];

    // By what cells were trained on; a size without a finished cell comes last.
    private static IEnumerable<TrainingSize> Sizes(StudyDefinition definition, IReadOnlyList<CellState> states) =>
        definition.Sizes.OrderByDescending(size => states.Where(state => state.Size == size).Max(state => state.Result?.TrainingImages ?? 0));

    private static ArmSummary Build(StudyArm arm, TrainingSize size, CellState[] states)
    {
        CellResult[] cells = [.. states.Select(state => state.Result).OfType<CellResult>()];
        CellGradability[] graded = [.. cells.Select(cell => cell.Gradability).OfType<CellGradability>()];
        return new()
        {
            Arm = arm,
            Size = size,
            Planned = states.Length,
            Cells = cells,
            Missing = [.. states.Where(state => state.Result is null).GroupBy(state => state.Reason, state => state.Seed).Select(Missing)],
            Generated = StudyMetrics.GradableOf(string.Concat(graded.Select(rate => rate.Generated))),
            Real = graded.Length == 0 ? null : StudyMetrics.ShareOf(graded[0].Real.Hits, graded[0].Real.Total),
            Reconstructed = Reconstructed([.. graded.Select(rate => rate.Reconstructed).OfType<CellCounts>()]),
        };
    }

    private static string Missing(IGrouping<string, int> seeds) =>
        $"{(seeds.Count() == 1 ? "seed" : "seeds")} {Phrases.Ranges(seeds)}: {seeds.Key}";

    private static CellFigure? Reconstructed(CellCounts[] counts)
    {
        if (counts.Length == 0 || counts[0].Total == 0)
            return null;
        var (hits, total) = (counts.Average(count => (double)count.Hits), counts[0].Total);
        var interval = WilsonInterval.Estimate((int)Math.Round(hits), total);
        return new(hits / total, interval.Low, interval.High);
    }
}

/// <summary>One figure of several seeds.</summary>
internal static class SeedFigure
{
    /// <summary>Mean with Student's interval over seeds; of one seed its interval over images; null of none.</summary>
    public static CellFigure? Estimate(IReadOnlyList<CellFigure> figures)
    {
        if (figures.Count < 2 || !figures.All(figure => double.IsFinite(figure.Value)))
            return figures.Count == 0 ? null : figures.Count == 1 ? figures[0] : new CellFigure(figures.Average(figure => figure.Value));
        var student = StudentInterval.Estimate([.. figures.Select(figure => figure.Value)]);
        return new CellFigure(student.Mean, student.Interval.Low, student.Interval.High);
    }
}

/// <summary>A cell that the study plans, and what became of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Size">The training size.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Result">Its result; null where there is none.</param>
/// <param name="Reason">Why there is none; empty where there is one.</param>
public sealed record CellState(string Name, StudyArm Arm, TrainingSize Size, int Seed, CellResult? Result, string Reason);

/// <summary>Puts results at the places that the study plans.</summary>
internal static class CellStates
{
    public static IReadOnlyList<CellState> Arrange(StudyDefinition definition, IReadOnlyList<CellResult> cells, IReadOnlyDictionary<string, string> failures)
    {
        var found = cells.ToLookup(cell => (cell.Arm, cell.Size, cell.Seed));
        if (found.FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputException(
                $"study {definition.Name}: {string.Join(" and ", twice.Select(cell => cell.Cell))} are results of one cell; one is allowed");
        }

        return
        [
            .. from arm in definition.Arms
               from size in definition.Sizes
               from seed in definition.Seeds
               let result = found[(arm.Name, size.Name, seed)].FirstOrDefault()
               let name = result?.Cell ?? CellName.Of(arm, size, seed)
               select new CellState(name, arm, size, seed, result, result is null ? Reason(name, failures) : ""),
        ];
    }

    private static string Reason(string name, IReadOnlyDictionary<string, string> failures) =>
        failures.TryGetValue(name, out var reason) ? reason.ReplaceLineEndings(" ") : "not run yet";
}

/// <summary>A comparison that could not be made.</summary>
/// <param name="Size">The training size, by name.</param>
/// <param name="What">The metric's name, or what else was to be compared.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record LeftOut(string Size, string What, string Reason);
