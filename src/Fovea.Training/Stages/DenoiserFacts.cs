using Fovea.Training.Configuration;

namespace Fovea.Training.Stages;

/// <summary>What is stored with a denoiser's weights.</summary>
public sealed record DenoiserFacts
{
    /// <summary>Training steps done.</summary>
    public long Steps { get; init; }

    /// <summary>Names of the dataset's classes, in label order.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Training images of each class; empty when not known, as of weights that earlier versions stored.</summary>
    public IReadOnlyList<int> ClassImages { get; init; } = [];

    /// <summary>The settings that a denoiser's shape and the meaning of its output depend on, as texts by their keys.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> ShapeOf(RunConfig config)
    {
        var quantum = config.Quantum is { Enabled: true, Denoiser.Count: > 0 };
        return config.Settings
            .Where(setting => IsShape(setting.Key) || (quantum && IsQuantum(setting.Key)))
            .Select(AutoencoderFacts.ShapeText);
    }

    private static bool IsShape(string key) =>
        key is "autoencoder.latent_channels" or "diffusion.prediction" or "diffusion.timesteps"
        || (key.StartsWith("denoiser.", StringComparison.Ordinal) && !key.StartsWith("denoiser.training.", StringComparison.Ordinal));

    private static bool IsQuantum(string key) =>
        key is "quantum.denoiser" or QuantumSettings.DenoiserLayerKey || (key != "quantum.autoencoder" && AutoencoderFacts.IsCircuit(key));
}
