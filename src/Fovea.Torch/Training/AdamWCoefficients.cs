namespace Fovea.Torch.Training;

/// <summary>The numbers of one AdamW step, equal for all parameters.</summary>
/// <param name="Keep">What weight decay leaves of a parameter: 1 − rate · decay.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="StepSize">Learning rate over the first moment's bias correction 1 − β₁ᵗ.</param>
/// <param name="RootCorrection">√(1 − β₂ᵗ), the second moment's bias correction.</param>
/// <param name="Epsilon">Added to the denominator.</param>
internal readonly record struct AdamWCoefficients(
    double Keep, double Beta1, double Beta2, double StepSize, double RootCorrection, double Epsilon)
{
    internal static AdamWCoefficients At(long step, double learningRate, AdamWOptions options) => new(
        1 - learningRate * options.WeightDecay,
        options.Beta1,
        options.Beta2,
        learningRate / (1 - Math.Pow(options.Beta1, step)),
        Math.Sqrt(1 - Math.Pow(options.Beta2, step)),
        options.Epsilon);
}
