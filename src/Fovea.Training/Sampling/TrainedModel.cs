using Fovea.Models;
using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using TorchSharp;

namespace Fovea.Training.Sampling;

/// <summary>Both trained networks of a run.</summary>
public sealed class TrainedModel : IDisposable
{
    private TrainedModel(Autoencoder autoencoder, UNet denoiser, DenoiserMetadata denoiserMetadata, RunConfig config, double latentScale)
    {
        (Both, DenoiserMetadata, Side, LatentScale) = (new(autoencoder, denoiser, latentScale), denoiserMetadata, config.Size, latentScale);
        Sampler = new LatentSampler(config, denoiser, Both.Codec);
    }

    /// <summary>Both networks as one.</summary>
    public SamplingNetworks Both { get; }

    /// <summary>The autoencoder.</summary>
    public Autoencoder Autoencoder => Both.Autoencoder;

    /// <summary>The denoiser.</summary>
    public UNet Denoiser => Both.Denoiser;

    /// <summary>What is stored with the denoiser's weights.</summary>
    public DenoiserMetadata DenoiserMetadata { get; }

    /// <summary>Side of the images in pixels.</summary>
    public int Side { get; }

    /// <summary>Draws images.</summary>
    public LatentSampler Sampler { get; }

    /// <summary>The factor that makes latents one standard deviation wide.</summary>
    public double LatentScale { get; }

    /// <summary>The autoencoder and the denoiser.</summary>
    public torch.nn.Module[] Networks => [Autoencoder, Denoiser];

    /// <summary>The quantum layers of both.</summary>
    public IEnumerable<QuantumConvolution> QuantumLayers => Networks.SelectMany(ParameterReport.QuantumLayersOf);

    /// <summary>Loads a run's weights.</summary>
    /// <param name="run">The run.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="compute">Gives the device; the CPU when null.</param>
    /// <exception cref="Core.Errors.InputException">The run is not trained.</exception>
    public static TrainedModel Load(RunFolder run, RunConfig config, ComputeContext? compute = null)
    {
        var (autoencoder, autoencoderMetadata) = AutoencoderFile.Load(run.Autoencoder, config, compute);
        try
        {
            var (denoiser, denoiserMetadata) = DenoiserFile.Load(run.Denoiser, config, compute);
            return new(autoencoder, denoiser, denoiserMetadata, config, autoencoderMetadata.LatentScale);
        }
        catch
        {
            autoencoder.Dispose();
            throw;
        }
    }

    /// <summary>The denoiser's prediction for the autoencoder's own latents, scaled as in training, for no class.</summary>
    public torch.Tensor Denoise(torch.Tensor latents, int timestep)
    {
        using Scalar scale = (float)LatentScale;
        var timesteps = torch.tensor([.. Enumerable.Repeat((long)timestep, (int)latents.shape[0])], device: latents.device);
        return Denoiser.call(latents.mul(scale), timesteps, null);
    }

    /// <inheritdoc />
    public void Dispose() => Both.Dispose();
}
