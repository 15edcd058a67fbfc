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
