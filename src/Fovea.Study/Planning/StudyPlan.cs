using Fovea.Study.Definitions;
using Fovea.Training.Evaluation;

namespace Fovea.Study.Planning;

/// <summary>All that a study will do.</summary>
public sealed record StudyPlan
{
    /// <summary>The study.</summary>
    public required StudyDefinition Definition { get; init; }

    /// <summary>Its cells: all arms of a size and seed together, so that early results can be compared.</summary>
    public required IReadOnlyList<StudyCell> Cells { get; init; }

    /// <summary>Sizes of each arm's networks, by its name.</summary>
    public required IReadOnlyDictionary<string, RunSize> Sizes { get; init; }

    /// <summary>Content hash of the dataset.</summary>
    public required string DataHash { get; init; }

    /// <summary>Images of its training split.</summary>
    public required int TrainingImages { get; init; }

    /// <summary>Autoencoders that some cells share.</summary>
    public int Autoencoders => Cells.DistinctBy(cell => cell.AutoencoderKey).Count();

    /// <summary>Optimizer steps of all autoencoders and denoisers.</summary>
    public long Steps => Cells.DistinctBy(cell => cell.AutoencoderKey).Sum(cell => (long)cell.Config.AutoencoderTraining.Steps) + Cells.Sum(cell => (long)cell.Config.DenoiserTraining.Steps);

    /// <summary>Circuits evaluated forward in training.</summary>
    public long Circuits => Cells.DistinctBy(cell => cell.AutoencoderKey).Sum(cell => Sizes[cell.Arm.Name].AutoencoderCircuits * cell.Config.AutoencoderTraining.Steps)
        + Cells.Sum(cell => Sizes[cell.Arm.Name].DenoiserCircuits * cell.Config.DenoiserTraining.Steps);
}
