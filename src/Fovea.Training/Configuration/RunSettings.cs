using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using Fovea.Torch.Runtime;

namespace Fovea.Training.Configuration;

/// <summary>All settings of a run's configuration. A setting that is not in <see cref="All"/> cannot be compared, and so cannot be read.</summary>
internal static class RunSettings
{
    /// <summary>The settings in the order in which a resolved configuration has them.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        .. GeneralSettings.All, .. AutoencoderSettings.All, .. DenoiserSettings.All, .. DiffusionSettings.All, .. CircuitSettings.All, .. NoiseSettings.All,
        .. SamplingSettings.All, .. RecordSettings.All,
    ];

    private static readonly Dictionary<string, Setting> s_byKey = All.ToDictionary(setting => setting.Key, StringComparer.Ordinal);

    /// <summary>The declaration of a key.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Setting Find(string key) =>
        s_byKey.GetValueOrDefault(key)
        ?? throw new InvalidOperationException($"the setting {key} is read and not among those of {nameof(RunSettings)}.{nameof(All)}");
}

/// <summary>The keys of all settings, for programs that help to write them.</summary>
public static class SettingKeys
{
    /// <summary>Section and name, with dots, in the order of a configuration.</summary>
    public static IReadOnlyList<string> All { get; } = [.. RunSettings.All.Select(setting => setting.Key)];
}

/// <summary>What is declared of a setting, for programs that show it to users.</summary>
/// <param name="Key">Section and name, with dots.</param>
/// <param name="Allowed">What it may be.</param>
/// <param name="Default">Its value where a configuration says nothing, as text.</param>
/// <param name="Help">One line that says what it is.</param>
public sealed record SettingDescription(string Key, string Allowed, string Default, string Help)
{
    /// <summary>All settings that a line holds, in the order of a configuration.</summary>
    public static IReadOnlyList<SettingDescription> All { get; } =
        [.. RunSettings.All.Where(setting => !setting.IsDocument)
            .Select(setting => new SettingDescription(setting.Key, setting.Allowed, setting.DefaultText, setting.Help))];
}

/// <summary>Settings outside all sections, and <c>[augmentation]</c>.</summary>
internal static class GeneralSettings
{
    public static readonly Setting<string> Name = Setting.Text("name", "the file's name", "text", Affects.Title, "title of the run");
    public static readonly Setting<int> Size = Setting.WholeNumber("size", 64, 16, 1024, Affects.AutoencoderShape, "side of the images in pixels");
    public static readonly Setting<int> Seed = Setting.WholeNumber("seed", 0, 0, int.MaxValue, Affects.Randomness, "seed of everything random");
    public static readonly Setting<int> Threads = Setting.WholeNumber(
        "threads", 0, 0, 1024, Affects.Machine, "threads of the tensor library and of the circuit engine; 0 for all cores");
    public static readonly Setting<string> Precision = Setting.Name(
        "precision", Precisions.Automatic, Precisions.Names, Affects.Machine, "what convolutions multiply in", before: Torch.Runtime.Precision.Full.Name());
    public static readonly Setting<string> Device = Setting.Device(
        "device", "cpu", "where networks are trained: cuda is a GPU; auto takes it where there is one");
    public static readonly Setting<bool> Flip = Setting.Flag(
        "augmentation.flip", true, Affects.Trainings, "mirror half of the training images left to right", before: true);

    public static readonly IReadOnlyList<Setting> All = [Name, Size, Seed, Threads, Precision, Device, Flip];
}

/// <summary>The section <c>[diffusion]</c>.</summary>
internal static class DiffusionSettings
{
    private const Affects Process = Affects.DenoiserTraining | Affects.Sampling;

    public static readonly Setting<string> Schedule = Setting.Name("diffusion.schedule", "cosine", ScheduleKinds.Names, Process, "noise schedule");
    public static readonly Setting<string> Prediction = Setting.Name(
        "diffusion.prediction", "v", PredictionKinds.Names, Affects.DenoiserShape | Process, "what the network predicts");
    public static readonly Setting<int> Timesteps = Setting.WholeNumber(
        "diffusion.timesteps", 1000, 2, 100_000, Affects.DenoiserShape | Process, "timesteps of training");
    public static readonly Setting<bool> ZeroTerminalSnr = Setting.Flag(
        "diffusion.zero_terminal_snr", false, Process, "rescale the schedule so that the last timestep is pure noise");

    public static readonly IReadOnlyList<Setting> All = [Schedule, Prediction, Timesteps, ZeroTerminalSnr];
}

/// <summary>The <c>[diffusion]</c> section.</summary>
public sealed record DiffusionOptions
{
    /// <summary>Noise schedule: linear, scaled-linear, cosine or rectified.</summary>
    public required string Schedule { get; init; }

    /// <summary>What the network predicts: epsilon, v, sample or flow.</summary>
    public required string Prediction { get; init; }

    /// <summary>Training timesteps.</summary>
    public required int Timesteps { get; init; }

    /// <summary>Whether the schedule is rescaled so that the last timestep is pure noise.</summary>
    public required bool ZeroTerminalSnr { get; init; }
}

/// <summary>Makes the diffusion process that a configuration describes.</summary>
internal static class DiffusionProcess
{
    internal static NoiseSchedule ScheduleOf(DiffusionOptions options) => NoiseSchedule.Create(Describe(options));

    internal static NoiseScheduleOptions Describe(DiffusionOptions options) => new()
    {
        Kind = ScheduleKinds.Parse(options.Schedule),
        Timesteps = options.Timesteps,
        ZeroTerminalSnr = options.ZeroTerminalSnr,
    };
}

/// <summary>The section <c>[sampling]</c>.</summary>
internal static class SamplingSettings
{
    public static readonly Setting<string> Sampler = Setting.Name("sampling.sampler", "dpm-solver++", SamplerRegistry.Names, Affects.Sampling, "sampler");
    public static readonly Setting<int> Steps = Setting.WholeNumber("sampling.steps", 25, 1, 10_000, Affects.Sampling, "sampling steps");
    public static readonly Setting<double> Guidance = Setting.Real(
        "sampling.guidance", 1, 0, 100, Affects.Sampling, "classifier-free guidance scale; 1 is none");
    public static readonly Setting<double> AttentionGuidance = Setting.Real(
        "sampling.attention_guidance", 0, 0, 100, Affects.Sampling, "guidance away from the network without its attention; 0 is none", before: 0.0);
    public static readonly Setting<double> AttentionLow = Setting.Real(
        "sampling.attention_guidance_low", 0, 0, 1, Affects.Sampling, "the least time at which images are guided by attention", before: 0.0);
    public static readonly Setting<double> AttentionHigh = Setting.Real(
        "sampling.attention_guidance_high", 1, 0, 1, Affects.Sampling, "the greatest time at which images are guided by attention", before: 1.0);
    public static readonly Setting<double> GuidanceLow = Setting.Real(
        "sampling.guidance_low", 0, 0, 1, Affects.Sampling, "the least time at which images are guided by class: 0 is without noise, 1 is noise alone",
        before: 0.0);
    public static readonly Setting<double> GuidanceHigh = Setting.Real(
        "sampling.guidance_high", 1, 0, 1, Affects.Sampling, "the greatest time at which images are guided by class", before: 1.0);

    public static readonly IReadOnlyList<Setting> All =
        [Sampler, Steps, Guidance, GuidanceLow, GuidanceHigh, AttentionGuidance, AttentionLow, AttentionHigh];
}

/// <summary>The <c>[sampling]</c> section.</summary>
public sealed record SamplingOptions
{
    /// <summary>Sampler: ddpm, ddim, dpm-solver++, euler or heun.</summary>
    public required string Sampler { get; init; }

    /// <summary>Sampling steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Classifier-free guidance scale; 1 is none.</summary>
    public required double Guidance { get; init; }

    /// <summary>Guidance away from the network without its attention; 0 is none.</summary>
    public double AttentionGuidance { get; init; }

    /// <summary>The times at which images are guided by attention.</summary>
    public TimeInterval AttentionInterval { get; init; } = TimeInterval.Whole;

    /// <summary>The times at which images are guided by class and by mask.</summary>
    public TimeInterval GuidanceInterval { get; init; } = TimeInterval.Whole;
}

/// <summary>
/// An interval of times, from 0, without noise, to 1, noise alone. Timestep t of T is the time (t + 1) / T, as on the schedule of flow matching.
/// </summary>
/// <param name="Low">The least time.</param>
/// <param name="High">The greatest time.</param>
public readonly record struct TimeInterval(double Low, double High)
{
    private const double Rounding = 1e-9; // of a product of a time and a number of timesteps

    /// <summary>All times.</summary>
    public static TimeInterval Whole => new(0, 1);

    /// <summary>Whether both lie in [0, 1], the lesser first.</summary>
    public bool IsValid => Low >= 0 && Low <= High && High <= 1;

    /// <summary>Refuses an interval of guidance by class and by mask asked of images that it would change nothing of, and one that is none.</summary>
    /// <param name="isGuided">Whether the images are guided so at all.</param>
    /// <exception cref="InputException">It is either.</exception>
    public void RequireFor(bool isGuided) => RequireFor(
        isGuided, new NamedInput(nameof(SamplingOptions.GuidanceInterval)),
        $"images of a class and {new NamedInput(nameof(SamplingOptions.Guidance))} other than 1");

    /// <summary>The same for an interval of guidance by attention.</summary>
    /// <param name="isGuided">Whether the images are guided so at all.</param>
    /// <exception cref="InputException">It is either.</exception>
    public void RequireForAttention(bool isGuided) => RequireFor(
        isGuided, new NamedInput(nameof(SamplingOptions.AttentionInterval)), $"{new NamedInput(nameof(SamplingOptions.AttentionGuidance))} above 0");

    private void RequireFor(bool isGuided, NamedInput name, InputMessage needed)
    {
        if (!IsValid)
        {
            throw InputException.NotAllowed(
                name.Property, FormattableString.Invariant($"{Low} {High}"), "two numbers from 0 to 1, the lesser first");
        }

        if (!isGuided) throw new InputException($"{name} would change nothing here; needed: {needed}");
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Low} to {High}");

    /// <summary>The least and the greatest timestep of the interval, of so many.</summary>
    public (int Least, int Most) Timesteps(int count) =>
        (Math.Max(0, (int)Math.Ceiling((Low * count) - Rounding) - 1), (int)Math.Floor((High * count) + Rounding) - 1);
}

/// <summary>The section <c>[run]</c>.</summary>
internal static class RecordSettings
{
    public static readonly Setting<int> CheckpointEvery = Setting.WholeNumber(
        "run.checkpoint_every", 500, 1, Setting.MostSteps, Affects.Records, "steps between checkpoints");
    public static readonly Setting<int> KeepCheckpoints = Setting.WholeNumber(
        "run.keep_checkpoints", 2, 1, 1000, Affects.Records, "checkpoints kept for each stage");
    public static readonly Setting<int> LogEvery = Setting.WholeNumber(
        "run.log_every", 10, 1, Setting.MostSteps, Affects.Records, "steps between lines of metrics.jsonl");
    public static readonly Setting<int> GridEvery = Setting.WholeNumber(
        "run.grid_every", 1000, 1, Setting.MostSteps, Affects.Records, "steps between picture grids");

    public static readonly IReadOnlyList<Setting> All = [CheckpointEvery, KeepCheckpoints, LogEvery, GridEvery];
}

/// <summary>The <c>[run]</c> section.</summary>
public sealed record RunOptions
{
    /// <summary>Steps between checkpoints.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>Checkpoints kept for each stage.</summary>
    public required int KeepCheckpoints { get; init; }

    /// <summary>Steps between lines in the log.</summary>
    public required int LogEvery { get; init; }

    /// <summary>Steps between picture grids.</summary>
    public required int GridEvery { get; init; }
}
