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

    /// <summary>A metric over the seeds: mean with Student's interval; with one seed its own interval over images.</summary>
    /// <param name="metric">The metric.</param>
    public CellFigure? Of(MetricKind metric) => SeedFigure.Of([.. Cells.Select(metric.Read).OfType<CellFigure>()]);
}
