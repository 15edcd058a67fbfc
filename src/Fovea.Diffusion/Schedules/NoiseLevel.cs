namespace Fovea.Diffusion.Schedules;

/// <summary>
/// The amounts of signal and noise in x = α·x0 + σ·ε, with α² + σ² = 1 (variance preserving).
/// </summary>
/// <param name="Alpha">The signal's factor α = √ᾱ, in [0, 1].</param>
/// <param name="Sigma">The noise's factor σ = √(1−ᾱ), in [0, 1].</param>
public readonly record struct NoiseLevel(double Alpha, double Sigma)
{
    /// <summary>No noise: where every sampler ends.</summary>
    public static NoiseLevel Clean => new(1, 0);

    /// <summary>λ = ln(α/σ), half the log-SNR; +∞ without noise, −∞ without signal.</summary>
    public double HalfLogSnr => Math.Log(Alpha) - Math.Log(Sigma);
}
