using Fovea.Metrics.Statistics;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>One arm on one device at one scale of its noise, over seeds.</summary>
public sealed record NoiseSummary
{
    /// <summary>The arm.</summary>
    public required string Arm { get; init; }

    /// <summary>The training size.</summary>
    public required string Size { get; init; }

    /// <summary>The device; empty for ideal circuits.</summary>
    public required string Profile { get; init; }

    /// <summary>The factor on its noise; 0 for ideal circuits.</summary>
    public required double Scale { get; init; }

    /// <summary>Seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>Gradable images of all seeds, with Wilson's interval.</summary>
    public required CellFigure? Gradable { get; init; }

    /// <summary>Mean change of the images, grey levels.</summary>
    public required CellFigure? Change { get; init; }

    /// <summary>Fréchet distances, a network each: mean over seeds.</summary>
    public required IReadOnlyList<(string Network, CellFigure Value)> Frechet { get; init; }

    /// <summary>The gradable share less that of the ideal circuits, image by image; null for the ideal circuits themselves.</summary>
    public PairedComparison? AgainstIdeal { get; init; }
}

/// <summary>Gathers noise sweeps over seeds.</summary>
internal static class NoiseSummaries
{
    public static IReadOnlyList<NoiseSummary> Build(IReadOnlyList<ArmSummary> arms, BootstrapOptions options) =>
    [
        .. arms.SelectMany(arm => arm.Cells
            .SelectMany(cell => cell.Noise.Select(level => (Cell: cell, Level: level)))
            .GroupBy(pair => (pair.Level.Profile, pair.Level.Scale))
            .OrderBy(group => group.Key.Profile, StringComparer.Ordinal).ThenBy(group => group.Key.Scale)
            .Select(group => Build(arm, [.. group], options))),
    ];

    private static NoiseSummary Build(ArmSummary arm, (CellResult Cell, CellNoise Level)[] levels, BootstrapOptions options)
    {
        var first = levels[0].Level;
        var bits = string.Concat(levels.Select(pair => pair.Level.Gradable));
        return new()
        {
            Arm = arm.Arm.Name,
            Size = arm.Size.Name,
            Profile = first.Profile,
            Scale = first.Scale,
            Seeds = levels.Length,
            Gradable = StudyMetrics.GradableOf(bits),
            Change = SeedFigure.Estimate([.. levels.Select(pair => new CellFigure(pair.Level.MeanChange))]),
            Frechet =
            [
                .. levels.SelectMany(pair => pair.Level.Distances).GroupBy(distances => distances.Network)
                    .Select(group => (group.Key, SeedFigure.Estimate([.. group.Select(distances => distances.Frechet)])!)),
            ],
            AgainstIdeal = first.Profile.Length == 0 ? null : AgainstIdeal(levels, options),
        };
    }

    // The cell at that level and the ideal one are compared as two arms are: they share seeds and starting noise.
    private static PairedComparison? AgainstIdeal((CellResult Cell, CellNoise Level)[] levels, BootstrapOptions options)
    {
        var pairs = levels
            .Select(pair => (pair.Cell, pair.Level, Ideal: pair.Cell.Noise.FirstOrDefault(level => level.Profile.Length == 0)))
            .Where(pair => pair.Ideal is not null)
            .Select(pair => (Graded(pair.Cell, pair.Level), Graded(pair.Cell, pair.Ideal!)));
        return new PairComparer(options).Compare(StudyMetrics.GradableShare, [.. pairs]).Comparison;
    }

    // By a name of its own: one cell beside itself would be no pair.
    private static CellResult Graded(CellResult cell, CellNoise level) =>
        cell with
        {
            Cell = $"{cell.Cell} on {level.Profile}",
            Gradability = level.Gradable is { } bits && cell.Gradability is { } gradability
                ? gradability with { Generated = bits }
                : null,
        };
}
