using Fovea.Models;
using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;
using TorchSharp;

namespace Fovea.Training.Noise;

/// <summary>Both trained networks of a run.</summary>
internal sealed class TrainedModel : IDisposable
{
    private readonly Autoencoder _autoencoder;
    private readonly UNet _denoiser;

    private TrainedModel(Autoencoder autoencoder, UNet denoiser, RunConfig config, double latentScale)
    {
        (_autoencoder, _denoiser, Side) = (autoencoder, denoiser, config.Size);
        Sampler = new LatentSampler(config, denoiser, new LatentDecoder(autoencoder, latentScale));
        Comparison = new LevelComparison(autoencoder, latentScale, config.Size);
    }

    /// <summary>Side of the images in pixels.</summary>
    public int Side { get; }

    /// <summary>Draws images.</summary>
    public LatentSampler Sampler { get; }

    /// <summary>Compares images.</summary>
    public LevelComparison Comparison { get; }

    /// <summary>The autoencoder and the denoiser.</summary>
    public torch.nn.Module[] Networks => [_autoencoder, _denoiser];

    /// <summary>The quantum layers of both.</summary>
    public IEnumerable<QuantumConvolution> QuantumLayers => Networks.SelectMany(ParameterReport.QuantumLayersOf);

    /// <summary>Loads a run's weights.</summary>
    /// <exception cref="Core.Errors.InputException">The run is not trained.</exception>
    public static TrainedModel Load(RunFolder run, RunConfig config)
    {
        var (autoencoder, facts) = AutoencoderFile.Load(run.Autoencoder, config);
        try
        {
            var (denoiser, _) = DenoiserFile.Load(run.Denoiser, config);
            return new(autoencoder, denoiser, config, facts.LatentScale);
        }
        catch
        {
            autoencoder.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _autoencoder.Dispose();
        _denoiser.Dispose();
    }
}
