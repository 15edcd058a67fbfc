using Fovea.Imaging.Datasets;
using Fovea.Models;
using Fovea.Models.Autoencoders;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>How large a run's networks are and what a training step of each computes; known before anything is trained.</summary>
public sealed record RunSize
{
    /// <summary>Trainable parameters of the autoencoder.</summary>
    public required long AutoencoderParameters { get; init; }

    /// <summary>Trainable parameters of the denoiser.</summary>
    public required long DenoiserParameters { get; init; }

    /// <summary>Of both, the trainable ones inside the layers in the circuits' place.</summary>
    public required long LayerParameters { get; init; }

    /// <summary>Circuits that a step of the autoencoder evaluates forward.</summary>
    public required long AutoencoderCircuits { get; init; }

    /// <summary>Circuits that a step of the denoiser evaluates forward.</summary>
    public required long DenoiserCircuits { get; init; }

    /// <summary>The size of a configuration's networks.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dataset">The dataset.</param>
    public static RunSize Measure(RunConfig config, ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(dataset);
        using var autoencoder = new Autoencoder(config.Autoencoder, config.Quantum);
        using var denoiser = DenoiserFile.Create(config, new DenoiserMetadata { ClassNames = dataset.ClassNames, MaskNames = dataset.Masks?.Names ?? [] });
        var (first, second) = (ParameterReport.Count(autoencoder), ParameterReport.Count(denoiser));
        return new RunSize
        {
            AutoencoderParameters = first.Total,
            DenoiserParameters = second.Total,
            LayerParameters = first.LayerParameters + second.LayerParameters,
            AutoencoderCircuits = config.AutoencoderTraining.Batch
                * CircuitCounter.Count(autoencoder, () => autoencoder.call(zeros(1, 3, config.Size, config.Size))),
            DenoiserCircuits = config.DenoiserTraining.Batch
                * CircuitCounter.Count(
                    denoiser, () => denoiser.call(zeros(1, config.Autoencoder.LatentChannels, config.LatentSize, config.LatentSize), zeros(1), null)),
        };
    }
}

/// <summary>Counts circuit evaluations by running a network.</summary>
internal static class CircuitCounter
{
    /// <summary>Circuits that the network evaluates in one call of <paramref name="forward"/>.</summary>
    internal static long Count(nn.Module network, Func<Tensor> forward)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var layers = ParameterReport.QuantumLayersOf(network);
        var before = layers.Sum(layer => layer.CircuitsEvaluated);
        forward();
        return layers.Sum(layer => layer.CircuitsEvaluated) - before;
    }
}
