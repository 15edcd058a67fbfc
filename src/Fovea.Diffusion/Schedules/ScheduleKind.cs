namespace Fovea.Diffusion.Schedules;

/// <summary>The shape of the noise variances β over the training timesteps.</summary>
public enum ScheduleKind
{
    /// <summary>β rises linearly. Ho, Jain, Abbeel, "Denoising diffusion probabilistic models", 2020, section 4.</summary>
    Linear,

    /// <summary>√β rises linearly. Rombach et al., "High-resolution image synthesis with latent diffusion models", 2022.</summary>
    ScaledLinear,

    /// <summary>ᾱ falls as a squared cosine. Nichol, Dhariwal, "Improved denoising diffusion probabilistic models", 2021, eq. 17.</summary>
    Cosine,
}
