using Fovea.Diffusion.Predictions;

namespace Fovea.Diffusion.Losses;

/// <summary>How much the squared error at a timestep counts.</summary>
public interface ILossWeighting
{
    /// <summary>
    /// The factor, at least 0, of the mean squared error of a network of this <paramref name="kind"/> at a signal-to-noise
    /// ratio <paramref name="snr"/> of 0 or above.
    /// </summary>
    double Weight(double snr, PredictionKind kind);
}

/// <summary>Weight 1 everywhere: the simple loss of Ho et al. 2020, eq. 14.</summary>
public sealed class UniformWeighting : ILossWeighting
{
    /// <inheritdoc/>
    public double Weight(double snr, PredictionKind kind) => 1;
}

/// <summary>
/// Min-SNR-γ: the error of x0 counts min(SNR, γ), whatever the network puts out. Hang et al., "Efficient diffusion training
/// via min-SNR weighting strategy", 2023, section 3.4: min(SNR, γ) for x0, min(SNR, γ)/SNR for ε, min(SNR, γ)/(SNR+1) for v; for the
/// flow, whose error is α + σ times that of x0 over σ, min(SNR, γ)/(√SNR + 1)².
/// </summary>
public sealed class MinSnrWeighting : ILossWeighting
{
    /// <summary>Fixes γ and the least weight.</summary>
    /// <param name="gamma">γ, above 0; the paper uses 5.</param>
    /// <param name="floor">
    /// The least weight, 0 (the paper's formula) or above. At zero terminal SNR the formula gives x0 and v prediction weight 0
    /// at the last timestep, the very one where sampling starts; a small floor keeps that timestep trained.
    /// </param>
    public MinSnrWeighting(double gamma = 5, double floor = 0)
    {
        if (!(gamma > 0)) throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "gamma must be above 0");
        if (!(floor >= 0)) throw new ArgumentOutOfRangeException(nameof(floor), floor, "the floor must be 0 or above");
        Gamma = gamma;
        Floor = floor;
    }

    /// <summary>γ, where the weight of the x0 error stops growing with the SNR.</summary>
    public double Gamma { get; }

    /// <summary>The least weight.</summary>
    public double Floor { get; }

    /// <inheritdoc/>
    public double Weight(double snr, PredictionKind kind) => Math.Max(Floor, kind switch
    {
        // min(SNR, γ)/SNR written so that SNR = 0 gives its limit 1.
        PredictionKind.Epsilon => Math.Min(1, Gamma / snr),
        PredictionKind.Velocity => Math.Min(snr, Gamma) / (snr + 1),
        PredictionKind.Flow => Math.Min(snr, Gamma) / ((Math.Sqrt(snr) + 1) * (Math.Sqrt(snr) + 1)),
        _ => Math.Min(snr, Gamma),
    });
}
