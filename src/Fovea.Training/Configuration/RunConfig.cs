using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;
using Fovea.Torch.Runtime;

namespace Fovea.Training.Configuration;

/// <summary>Everything that determines a run: what to build, how to train it, how to sample it.</summary>
public sealed record RunConfig
{
    private const string Unset = "unset";

    /// <summary>The run's name, for titles.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the square images in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>The seed of all randomness: initial weights, data order, noise.</summary>
    public required int Seed { get; init; }

    /// <summary>Threads of the tensor library and the circuit engine; 0 for all cores.</summary>
    public required int Threads { get; init; }

    /// <summary>What convolutions compute in: a name out of <see cref="Precisions.Names"/>.</summary>
    public string Precision { get; init; } = "float32";

    /// <summary>Where networks are trained: a name as <see cref="ComputeDevices"/> has them; in a run's folder <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

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
    public string ToToml() =>
        "# The resolved configuration of this run: the file's settings, the overrides and the defaults.\n" + SettingsText.Document(Settings);

    /// <summary>The same but for what convolutions compute in.</summary>
    /// <param name="precision">A name out of <see cref="Precisions.Names"/>.</param>
    public RunConfig WithPrecision(string precision) => this with { Precision = precision, Settings = SettingsWith(GeneralSettings.Precision, precision) };

    /// <summary>The same with what a machine computes it with: names that stand for what was chosen, and not for a choice.</summary>
    public RunConfig With(ComputeContext compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return WithPrecision(compute.Precision.Name()).WithDevice(compute.Device.Name());
    }

    /// <summary>The same but for where networks are trained.</summary>
    /// <param name="device">A name as <see cref="ComputeDevices"/> has them.</param>
    public RunConfig WithDevice(string device) => this with { Device = device, Settings = SettingsWith(GeneralSettings.Device, device) };

    /// <summary>
    /// The same without what belongs to the machine that trained it: the device, the threads (all cores of whichever it is used on), and the folder of a
    /// device's profile, whose path may hold the name of a user.
    /// </summary>
    public RunConfig ForAnyMachine()
    {
        var named = Noise.Profile is { } profile && Path.GetFileName(profile) is var file && file != profile
            ? this with { Noise = Noise with { Profile = file }, Settings = SettingsWith(NoiseSettings.Profile, file) } : this;
        return (named with { Threads = 0, Settings = named.SettingsWith(GeneralSettings.Threads, 0L) }).WithDevice(ComputeDevices.Automatic);
    }

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
            if ((RunSettings.Find(key).Affects & (Affects.Weights | Affects.Machine)) == 0 || except.Contains(key)) continue;
            if (theirs.GetValueOrDefault(key) is var theirValue && theirValue != SettingsText.Value(value))
                return $"{key} = {Shortened(SettingsText.Value(value))} here, {Shortened(theirValue ?? Unset)} there";
        }

        return null;
    }

    /// <summary>All settings in which two configurations differ, in order, with both values as text; "unset" where one has none.</summary>
    /// <param name="other">The other configuration.</param>
    public IReadOnlyList<(string Key, string Here, string There)> DifferencesFrom(RunConfig other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (ours, theirs) = (Texts(this), Texts(other));
        return
        [
            .. ours.Keys.Union(theirs.Keys).Select(key => (key, ours.GetValueOrDefault(key, Unset), theirs.GetValueOrDefault(key, Unset)))
                .Where(setting => setting.Item2 != setting.Item3),
        ];

        static Dictionary<string, string> Texts(RunConfig config) => config.Settings.ToDictionary(
            setting => setting.Key, setting => SettingsText.Value(setting.Value));
    }

    /// <summary>The settings that affect something, in order, without those that came later and have the value of before.</summary>
    /// <param name="what">One effect or several, of which a setting has at least one.</param>
    /// <param name="withCircuits">Whether there are quantum layers; without them, settings that affect nothing else are left out.</param>
    public IEnumerable<KeyValuePair<string, object>> SettingsThatAffect(Affects what, bool withCircuits = true) => Settings.Where(setting =>
    {
        var declared = RunSettings.Find(setting.Key);
        return (declared.Affects & what) != 0 && (withCircuits || !declared.Affects.HasFlag(Affects.OnlyWithCircuits)) && !declared.IsAsBefore(setting.Value);
    });

    private KeyValuePair<string, object>[] SettingsWith(Setting changed, object value) =>
        [.. Settings.Select(setting => setting.Key == changed.Key ? new(setting.Key, value) : setting)];

    // A setting may hold a whole text.
    private static string Shortened(string value) => value.Length <= 100 ? value : value[..100] + "…";
}

/// <summary>How a network is trained: what the sections of both say.</summary>
public record TrainingOptions
{
    /// <summary>Optimizer steps; as many at most where a training ends by itself.</summary>
    public required int Steps { get; init; }

    /// <summary>Images or latents a step.</summary>
    public required int Batch { get; init; }

    /// <summary>The learning rate after warm-up; it falls along a half cosine to a tenth.</summary>
    public required double LearningRate { get; init; }

    /// <summary>
    /// The learning rate of the circuits' weights (radians a step, about) after warm-up, which falls as the other does and comes without weight decay;
    /// 0 to treat them as all parameters.
    /// </summary>
    public double CircuitRate { get; init; }

    /// <summary>The optimizer of matrices: adamw or muon.</summary>
    public string Optimizer { get; init; } = Optimizers.AdamW;

    /// <summary>Whether weight decay pulls biases and scales of normalisations, too.</summary>
    public bool VectorDecay { get; init; } = true;

    /// <summary>Steps of linear warm-up.</summary>
    public required int Warmup { get; init; }

    /// <summary>Decay of the moving average of the weights.</summary>
    public required double EmaDecay { get; init; }
}

/// <summary>The <c>[autoencoder.training]</c> section.</summary>
public sealed record AutoencoderTrainingOptions : TrainingOptions
{
    /// <summary>Weight of the Kullback-Leibler term (nats a latent value).</summary>
    public required double KlWeight { get; init; }

    /// <summary>Weight of the L1 difference of image gradients.</summary>
    public required double GradientWeight { get; init; }

    /// <summary>Weight of 1 − SSIM.</summary>
    public required double StructureWeight { get; init; }

    /// <summary>Weight of the patch discriminator's term; 0 trains without one.</summary>
    public required double DiscriminatorWeight { get; init; }

    /// <summary>Step at which the discriminator's term begins.</summary>
    public required int DiscriminatorStart { get; init; }

    /// <summary>Whether the encoder, and with it a denoiser of its latents, stay as they are in the run whose weights are taken over.</summary>
    public bool DecoderOnly { get; init; }

    /// <summary>Share of the steps in which turned and halved latents are to decode to turned and halved images; 0 for none.</summary>
    public double Equivariance { get; init; }
}

/// <summary>The <c>[denoiser.training]</c> section.</summary>
public sealed record DenoiserTrainingOptions : TrainingOptions
{
    /// <summary>
    /// Ends before <see cref="TrainingOptions.Steps"/> when the held-out loss falls by less than this share of itself within <see cref="Patience"/> steps;
    /// 0 trains all steps.
    /// </summary>
    public double Convergence { get; init; }

    /// <summary>Steps within which the held-out loss has to fall.</summary>
    public int Patience { get; init; } = 500;

    /// <summary>γ of the min-SNR weighting; 0 weights all timesteps alike.</summary>
    public required double MinSnrGamma { get; init; }

    /// <summary>How often each timestep is trained: uniform or logit-normal.</summary>
    public string TimestepDensity { get; init; } = "uniform";

    /// <summary>Share of labels replaced by "no class", and of masks that are not told, each drawn for itself, for classifier-free guidance.</summary>
    public required double ClassDropout { get; init; }
}

/// <summary>
/// The <c>[quantum.noise]</c> section: training under a device's noise, exactly and with gradients. Reconstructions, latents and sample
/// grids of the run stay ideal; sampling under noise is asked for when sampling.
/// </summary>
public sealed record QuantumNoiseOptions
{
    /// <summary>A shipped profile's name, a profile's file, or a backend's JSON; null for ideal circuits.</summary>
    public string? Profile { get; init; }

    /// <summary>Factor on the device's noise.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Share of a stage's steps after which noise goes on.</summary>
    public double Start { get; init; }

    /// <summary>Share of a stage's steps after which it goes off again.</summary>
    public double Stop { get; init; } = 1;

    /// <summary>Noise is on in one of so many steps between start and stop, and off in the others.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Whether a step is made under noise. A function of the step alone, so that a resumed run does the same.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">Steps of the stage.</param>
    public bool IsOnAt(long step, long steps) =>
        Profile is not null && step >= Start * steps && step < Stop * steps && step % Every == 0;
}
