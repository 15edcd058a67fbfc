namespace Fovea.Training.Stages;

/// <summary>The learning rate as a pure function of the step: linear warm-up, then a half cosine down to a tenth.</summary>
public static class LearningRate
{
    private const double FinalShare = 0.1;

    /// <summary>The rate of a step (0-based) of a stage of <paramref name="steps"/> steps.</summary>
    public static double At(long step, int steps, int warmup, double peak)
    {
        if (step < warmup) return peak * (step + 1) / warmup;
        var progress = Math.Min(1.0, (double)(step - warmup) / Math.Max(1, steps - warmup));
        return peak * (FinalShare + (1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}
