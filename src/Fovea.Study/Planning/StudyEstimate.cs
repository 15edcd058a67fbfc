namespace Fovea.Study.Planning;

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
