using Fovea.Diffusion.Predictions;

namespace Fovea.Diffusion.Losses;

/// <summary>Weight 1 everywhere: the simple loss of Ho et al. 2020, eq. 14.</summary>
public sealed class UniformWeighting : ILossWeighting
{
    /// <inheritdoc/>
    public double Weight(double snr, PredictionKind kind) => 1;
}
