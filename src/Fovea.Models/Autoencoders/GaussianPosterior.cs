using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Models.Autoencoders;

/// <summary>The diagonal Gaussian that the encoder gives for each latent value.</summary>
public sealed class GaussianPosterior
{
    private static readonly Scalar LowestLogVariance = -20f;
    private static readonly Scalar HighestLogVariance = 10f;
    private static readonly Scalar Half = 0.5f;
    private static readonly Scalar One = 1f;

    internal GaussianPosterior(Tensor moments)
    {
        var parts = moments.chunk(2, 1);
        Mean = parts[0];
        LogVariance = parts[1].clamp(LowestLogVariance, HighestLogVariance);
    }

    /// <summary>Means [batch, latentChannels, height, width].</summary>
    public Tensor Mean { get; }

    /// <summary>Natural logarithms of the variances, in the means' shape, within [−20, 10].</summary>
    public Tensor LogVariance { get; }

    /// <summary>A draw: mean + deviation · <paramref name="noise"/>, with standard normal noise in the means' shape.</summary>
    public Tensor Sample(Tensor noise) => Mean.Plus(LogVariance.mul(Half).exp().mul(noise));

    /// <summary>Kullback-Leibler divergence from the standard normal, averaged over all latent values (nats a value).</summary>
    public Tensor KullbackLeibler() => Mean.Squared().Plus(LogVariance.exp()).sub(One).sub(LogVariance).mul(Half).mean();
}
