using System.Globalization;
using Fovea.Reporting.Words;

namespace Fovea.Study.Planning;

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
    public static IReadOnlyList<string> Lines(StudyPlan plan, StudyEstimate? estimate, IReadOnlyCollection<StudyCell> open, IReadOnlyCollection<StudyCell> mine, int jobs)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(mine);
        var definition = plan.Definition;
        List<string> lines =
        [
            $"{definition.Name}: {Figures.Count(plan.Cells.Count, "cell")} = {Figures.Count(definition.Arms.Count, "arm")} × {Figures.Count(definition.Sizes.Count, "training size")} × {Figures.Count(definition.Seeds.Count, "seed")}, with {Figures.Count(plan.Autoencoders, "autoencoder")} in all",
            Invariant($"training images: {string.Join(", ", definition.Sizes.Select(size => $"{size.Name} = {size.Of(plan.TrainingImages)}"))}"),
            Invariant($"{plan.Steps:N0} optimizer steps, {plan.Circuits:N0} circuits forward in training, {definition.Sampling.Count} images a cell"),
            .. Table(plan, estimate),
        ];
        if (mine.Count < plan.Cells.Count) lines.Add($"of them {Figures.Count(mine.Count, "cell")} here");
        if (open.Count < mine.Count) lines.Add($"{mine.Count - open.Count} of {mine.Count} cells are finished and unchanged");
        if (estimate is not null) lines.Add($"estimate: {Duration(estimate.Seconds(open) / jobs)} for {Figures.Count(open.Count, "cell")}, {jobs} at a time with {Figures.Count(estimate.Threads, "thread")} each");
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
                arm.Name, Definitions.BlockKinds.ToName(arm.Autoencoder), Definitions.BlockKinds.ToName(arm.Denoiser), Invariant($"{size.AutoencoderParameters:N0} + {size.DenoiserParameters:N0}"),
                Invariant($"{size.LayerParameters:N0}"), steps, Invariant($"{size.AutoencoderCircuits:N0} + {size.DenoiserCircuits:N0}"),
                estimate is null ? "" : Duration(estimate.Seconds([cell])),
            };
        })];
        return AlignedRows.Of(rows);
    }

    // An estimate is no better than two digits.
    private static string Duration(double seconds) => Figures.Duration(seconds, digits: 2);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
