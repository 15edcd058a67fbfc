using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;

namespace Fovea.Training.Configuration;

/// <summary>Everything that determines a run: what to build, how to train it, how to sample it.</summary>
public sealed record RunConfig
{
    /// <summary>The run's name, for titles.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the square images in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>The seed of all randomness: initial weights, data order, noise.</summary>
    public required int Seed { get; init; }

    /// <summary>Threads of the tensor library and the circuit engine; 0 for all cores.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether training images are mirrored left to right at random.</summary>
    public required bool Flip { get; init; }

    /// <summary>The autoencoder's shape.</summary>
    public required AutoencoderOptions Autoencoder { get; init; }

    /// <summary>How the autoencoder is trained.</summary>
    public required AutoencoderTrainingOptions AutoencoderTraining { get; init; }

    /// <summary>The denoiser's shape.</summary>
    public required DenoiserOptions Denoiser { get; init; }

    /// <summary>How the denoiser is trained.</summary>
    public required DenoiserTrainingOptions DenoiserTraining { get; init; }

    /// <summary>The diffusion process.</summary>
    public required DiffusionOptions Diffusion { get; init; }

    /// <summary>The circuits and their places.</summary>
    public required QuantumOptions Quantum { get; init; }

    /// <summary>Noise during training.</summary>
    public required QuantumNoiseOptions Noise { get; init; }

    /// <summary>How sample grids are drawn, and the defaults of later sampling.</summary>
    public required SamplingOptions Sampling { get; init; }

    /// <summary>Checkpoints, logs and grids.</summary>
    public required RunOptions Run { get; init; }

    /// <summary>All settings with their resolved values, as read from the file, its overrides and the defaults.</summary>
    public required IReadOnlyList<KeyValuePair<string, object>> Settings { get; init; }

    /// <summary>Side of the latent.</summary>
    public int LatentSize => Size / Autoencoder.Downsampling;

    /// <summary>The resolved configuration as TOML.</summary>
    public string ToToml() => "# The resolved configuration of this run: the file's settings, the overrides and the defaults.\n" + SettingsText.Document(Settings);

    /// <summary>
    /// The first setting in which another configuration differs and that matters to the weights, with both values, or null.
    /// Checkpoint and log intervals and sampling may differ between a run and its continuation.
    /// </summary>
    /// <param name="other">The other configuration.</param>
    /// <param name="except">Settings that may differ too.</param>
    public string? DifferenceFrom(RunConfig other, params IReadOnlyCollection<string> except)
    {
        var theirs = other.Settings.ToDictionary(s => s.Key, s => SettingsText.Value(s.Value));
        foreach (var (key, value) in Settings)
        {
            if (key.StartsWith("run.", StringComparison.Ordinal) || key.StartsWith("sampling.", StringComparison.Ordinal) || except.Contains(key)) continue;
            if (theirs.GetValueOrDefault(key) is var theirValue && theirValue != SettingsText.Value(value))
                return $"{key} = {Shortened(SettingsText.Value(value))} here, {Shortened(theirValue ?? "unset")} there";
        }

        return null;
    }

    // A setting may hold a whole text.
    private static string Shortened(string value) => value.Length <= 100 ? value : value[..100] + "…";
}
