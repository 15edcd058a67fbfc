using Fovea.Core.Errors;
using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
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
