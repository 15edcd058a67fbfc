using Fovea.Core.Errors;
using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
using Fovea.Torch.Tensors;
using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Autoencoders;

/// <summary>
/// The KL-regularised autoencoder that the diffusion model works in the latent space of. Kingma and Welling 2014
/// (arXiv 1312.6114); as the first stage of latent diffusion: Rombach et al. 2022 (arXiv 2112.10752). With quantum residual
/// blocks it is the QVAE.
/// </summary>
public sealed class Autoencoder : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "encoder")] private readonly Encoder _encoder;
    [ComponentName(Name = "decoder")] private readonly Decoder _decoder;

    /// <summary>Builds the autoencoder with fresh weights. Throws <see cref="InputException"/> for a quantum place that it lacks.</summary>
    public Autoencoder(AutoencoderOptions options, QuantumOptions quantum) : base(nameof(Autoencoder))
    {
        Options = options;
        QuantumPlaces.RequireExisting("quantum.autoencoder", quantum.Autoencoder, options.Places);
        var convolutions = new ConvolutionFactory(quantum, quantum.Autoencoder, quantum.AutoencoderLayer);
        _encoder = new Encoder(options, convolutions);
        _decoder = new Decoder(options, convolutions);
        RegisterComponents();
    }

    /// <summary>The shape that the autoencoder was built with.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>Images [batch, 3, side, side] in [−1, 1] → the posterior of their latents [batch, latentChannels, side/f, side/f].</summary>
    public GaussianPosterior Encode(Tensor images) => new(_encoder.call(images));

    /// <summary>Latents (not scaled) → images [batch, 3, side, side], about [−1, 1].</summary>
    public Tensor Decode(Tensor latents) => _decoder.call(latents);

    /// <summary>
    /// Sets the linear shortcuts of encoder and decoder to the principal components of a sample of images [batch, 3, side, side]:
    /// where training starts.
    /// </summary>
    public void StartFrom(Tensor images) => LinearStart.Apply(images, Options, _encoder.Shortcut, _decoder.Shortcut);

    /// <summary>Reconstruction through the posterior's mean.</summary>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Decode(Encode(images).Mean).MoveToOuterDisposeScope();
    }
}

/// <summary>The shape of the autoencoder, the <c>[autoencoder]</c> section of a configuration.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>Channels of the latent, 1 to 64.</summary>
    public int LatentChannels { get; init; } = 4;

    /// <summary>Channels of each resolution level, finest first; each further level halves the resolution.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [48, 96];

    /// <summary>Residual blocks a level, in the encoder and in the decoder.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>
    /// Side of the pixel blocks that are folded into channels before the first convolution: 1 (none), 2 or 4. Folding makes the
    /// finest level cheap.
    /// </summary>
    public int Patch { get; init; } = 2;

    /// <summary>Image side divided by latent side.</summary>
    public int Downsampling => Patch << (Channels.Count - 1);

    /// <summary>
    /// Names of the places where a block can be quantum: <c>encoder.levelN</c>, <c>encoder.middle</c>, <c>decoder.middle</c>,
    /// <c>decoder.levelN</c>.
    /// </summary>
    public IReadOnlyList<string> Places =>
    [
        .. Enumerable.Range(1, Channels.Count).Select(level => $"encoder.level{level}"),
        "encoder.middle",
        "decoder.middle",
        .. Enumerable.Range(1, Channels.Count).Select(level => $"decoder.level{level}"),
    ];
}

/// <summary>The diagonal Gaussian that the encoder gives for each latent value.</summary>
public sealed class GaussianPosterior
{
    private static readonly Scalar LowestLogVariance = -20f;
    private static readonly Scalar HighestLogVariance = 10f;
    private static readonly Scalar Half = 0.5f;
    private static readonly Scalar One = 1f;

    internal GaussianPosterior(Tensor moments)
    {
        var parts = moments.Parts(2, 1);
        Mean = parts[0];
        LogVariance = parts[1].clamp_min(LowestLogVariance).clamp_max(HighestLogVariance);
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
