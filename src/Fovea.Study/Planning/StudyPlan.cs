using Fovea.Core;
using Fovea.Reporting;
using Fovea.Study.Definitions;
using Fovea.Training.Evaluation;
using static System.FormattableString;

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

    /// <summary>What the result of each cell has to have as its fingerprint, by the cell's name.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints => Cells.ToDictionary(cell => cell.Name, cell => cell.Fingerprint);

    /// <summary>Steps of each arm's denoiser, by the arm's name.</summary>
    public IReadOnlyDictionary<string, int> DenoiserSteps =>
        Cells.DistinctBy(cell => cell.Arm.Name).ToDictionary(cell => cell.Arm.Name, cell => cell.Config.DenoiserTraining.Steps);

    /// <summary>Autoencoders that some cells share.</summary>
    public int Autoencoders => Cells.DistinctBy(cell => cell.AutoencoderKey).Count();

    /// <summary>Optimizer steps of all autoencoders and denoisers.</summary>
    public long Steps =>
        Cells.DistinctBy(cell => cell.AutoencoderKey)
            .Sum(cell => (long)cell.Config.AutoencoderTraining.Steps) + Cells.Sum(cell => (long)cell.Config.DenoiserTraining.Steps);

    /// <summary>Circuits evaluated forward in training.</summary>
    public long Circuits => Cells.DistinctBy(cell => cell.AutoencoderKey).Sum(
        cell => Sizes[cell.Arm.Name].AutoencoderCircuits * cell.Config.AutoencoderTraining.Steps)
        + Cells.Sum(cell => Sizes[cell.Arm.Name].DenoiserCircuits * cell.Config.DenoiserTraining.Steps);
}

/// <summary>A plan as lines for a terminal.</summary>
public static class PlanText
{
    private static readonly string[] Columns = ["arm", "autoencoder", "denoiser", "parameters", "in layers", "steps", "circuits a step", "a cell"];

    /// <summary>What will be done and what it will take.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="estimate">What it takes; null when that is not told.</param>
    /// <param name="open">Cells that are not finished, of those that this process looks after.</param>
    /// <param name="mine">All cells that it looks after.</param>
    /// <param name="jobs">Cells at a time.</param>
    public static IReadOnlyList<string> Lines(
        StudyPlan plan, StudyEstimate? estimate, IReadOnlyCollection<StudyCell> open, IReadOnlyCollection<StudyCell> mine, int jobs)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(mine);
        var definition = plan.Definition;
        List<string> lines =
        [
            $"{definition.Name}: {Counted.Of(plan.Cells.Count, "cell")} = {Counted.Of(definition.Arms.Count, "arm")} × "
                + $"{Counted.Of(definition.Sizes.Count, "training size")} × {Counted.Of(definition.Seeds.Count, "seed")}, with "
                + $"{Counted.Of(plan.Autoencoders, "autoencoder")} in all",
            Invariant($"training images: {string.Join(", ", definition.Sizes.Select(size => $"{size.Name} = {size.Of(plan.TrainingImages)}"))}"),
            Invariant($"{plan.Steps:N0} optimizer steps, {plan.Circuits:N0} circuits forward in training, ")
                + $"{(definition.Sampling.Draws ? $"{definition.Sampling.Count} images a cell" : "held-out losses alone, no images")}",
            .. Table(plan, estimate),
        ];
        if (mine.Count < plan.Cells.Count) lines.Add($"of them {Counted.Of(mine.Count, "cell")} here");
        if (open.Count < mine.Count) lines.Add($"{mine.Count - open.Count} of {mine.Count} cells are finished and unchanged");
        if (estimate is not null)
        {
            lines.Add(
                $"estimate: {Duration(estimate.Seconds(open) / jobs)} for {Counted.Of(open.Count, "cell")}, {jobs} at a time with "
                    + $"{Counted.Of(estimate.Threads, "thread")} each");
        }

        return lines;
    }

    private static IEnumerable<string> Table(StudyPlan plan, StudyEstimate? estimate)
    {
        string[][] rows = [Columns, .. plan.Definition.Arms.Select(arm =>
        {
            var (size, cell) = (plan.Sizes[arm.Name], plan.Cells.First(cell => cell.Arm == arm));
            var steps = Invariant($"{cell.Config.AutoencoderTraining.Steps} + {cell.Config.DenoiserTraining.Steps}");
            return new[]
            {
                arm.Name, Definitions.BlockKinds.ToName(arm.Autoencoder), Definitions.BlockKinds.ToName(arm.Denoiser), Invariant(
                    $"{size.AutoencoderParameters:N0} + {size.DenoiserParameters:N0}"),
                Invariant($"{size.LayerParameters:N0}"), steps, Invariant($"{size.AutoencoderCircuits:N0} + {size.DenoiserCircuits:N0}"),
                estimate is null ? "" : Duration(estimate.Seconds([cell])),
            };
        })];
        return AlignedRows.Lines(rows);
    }

    // An estimate is no better than two digits.
    private static string Duration(double seconds) => Figures.Duration(seconds, digits: 2);
}

/// <summary>What a study will take.</summary>
/// <param name="plan">The plan.</param>
/// <param name="costs">What each arm takes, by its name.</param>
/// <param name="judging">Seconds of judging a set of as many images as a cell draws.</param>
/// <param name="threads">Threads with which that was measured.</param>
public sealed class StudyEstimate(StudyPlan plan, IReadOnlyDictionary<string, ArmCost> costs, double judging, int threads)
{
    /// <summary>Threads with which it was measured.</summary>
    public int Threads { get; } = threads;

    /// <summary>Seconds of some cells one after the other, with the autoencoders that they need.</summary>
    public double Seconds(IReadOnlyCollection<StudyCell> cells) =>
        cells.DistinctBy(cell => cell.AutoencoderKey).Sum(Autoencoder) + cells.Sum(Seconds);

    /// <summary>Seconds of a cell without its autoencoder.</summary>
    public double Seconds(StudyCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var cost = costs[cell.Arm.Name];
        var levels = cell.HasNoise ? plan.Definition.Noise!.Profiles.Count * plan.Definition.Noise.Scales.Count : 0;
        var noisy = levels == 0 ? 0 : levels * plan.Definition.Noise!.Count * cost.NoisyImage;
        return (cell.Config.DenoiserTraining.Steps * cost.DenoiserStep) + (plan.Definition.Sampling.Count * cost.Image) + noisy + judging
            + (levels == 0 ? 0 : (levels + 1) * judging * plan.Definition.Noise!.Count / plan.Definition.Sampling.Count);
    }

    private double Autoencoder(StudyCell cell) => cell.Config.AutoencoderTraining.Steps * costs[cell.Arm.Name].AutoencoderStep;
}

/// <summary>What an arm takes, measured by a few steps.</summary>
/// <param name="AutoencoderStep">Seconds of a step of its autoencoder.</param>
/// <param name="DenoiserStep">Seconds of a step of its denoiser.</param>
/// <param name="Image">Seconds of drawing an image.</param>
/// <param name="NoisyImage">Seconds of drawing an image on a noisy device; 0 where none is drawn so.</param>
public sealed record ArmCost(double AutoencoderStep, double DenoiserStep, double Image, double NoisyImage);
