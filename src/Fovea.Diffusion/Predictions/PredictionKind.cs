namespace Fovea.Diffusion.Predictions;

/// <summary>What the denoising network puts out, given x_t = α_t·x0 + σ_t·ε.</summary>
public enum PredictionKind
{
    /// <summary>The noise ε (Ho et al. 2020). Says nothing about x0 where α = 0, so it needs a terminal SNR above 0.</summary>
    Epsilon,

    /// <summary>The velocity v = α_t·ε − σ_t·x0. Salimans, Ho, "Progressive distillation for fast sampling", 2022.</summary>
    Velocity,

    /// <summary>The clean sample x0.</summary>
    Sample,
}
