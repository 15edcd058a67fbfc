using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Turns noise into samples with a denoiser, on a noise schedule fixed at construction. Implementations hold no state between
/// runs.
/// </summary>
public interface ISampler
{
    /// <summary>The name in configuration files.</summary>
    string Name { get; }

    /// <summary>How often a run with that many steps calls the denoiser, begun from noise; <see cref="KnownImage"/> says what an image changes.</summary>
    int ModelCalls(int steps);

    /// <summary>
    /// Samples, shaped like the initial noise, without recording gradients; a new tensor in the caller's dispose scope.
    /// </summary>
    /// <exception cref="Core.Errors.InputException">
    /// The options break a rule, or ε prediction meets zero terminal SNR. Thrown before the denoiser is called.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; looked at before each step.</exception>
    Tensor Sample(SamplingRequest request, CancellationToken cancellation = default);
}

/// <summary>
/// The settings of a sampler. The seed is not among them: noise comes from an <see cref="INoiseSource"/>; nor is guidance, which
/// is a <see cref="GuidedDenoiser"/>.
/// </summary>
public sealed record SamplerOptions
{
    /// <summary>Sampling steps N, 1 to T; <see cref="ISampler.ModelCalls"/> says how often they call the denoiser.</summary>
    public int Steps { get; init; } = 50;

    /// <summary>How the N timesteps are chosen.</summary>
    public TimestepSpacing Spacing { get; init; } = TimestepSpacing.Trailing;

    /// <summary>DDIM's η in [0, 1]: 0 adds no noise, 1 as much as DDPM. Must be 0 for the other samplers.</summary>
    public double Eta { get; init; }

    /// <summary>
    /// Limits each estimate of x0 to [−limit, limit] (limit above 0); null for no limit, which is right for latents, as they
    /// have no fixed range.
    /// </summary>
    public double? CleanLimit { get; init; }

    /// <summary>
    /// Dynamic thresholding of x0 for pixels in [−1, 1]: the quantile in (0, 1], for example 0.995, of |x0| in each image,
    /// where above 1, is divided out (<see cref="CleanThreshold"/>). Null for none. Not together with <see cref="CleanLimit"/>.
    /// </summary>
    public double? DynamicThreshold { get; init; }

    /// <summary>Every broken rule, one phrase each; empty when the options fit the schedule.</summary>
    public IReadOnlyList<string> Problems(NoiseSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var problems = new List<string>();
        if (Steps < 1 || Steps > schedule.Timesteps)
            problems.Add($"steps: {Steps} is not allowed; allowed: 1 to {schedule.Timesteps}, the schedule's timesteps");
        if (!Enum.IsDefined(Spacing)) problems.Add($"spacing: {(int)Spacing} is no kind of spacing");
        if (!(Eta is >= 0 and <= 1)) problems.Add($"eta: {Eta} is not allowed; allowed: 0 to 1");
        if (CleanLimit is { } limit && !(limit > 0 && double.IsFinite(limit)))
            problems.Add($"clean_limit: {limit} is not allowed; allowed: above 0, or left out");
        if (DynamicThreshold is { } quantile && !(quantile is > 0 and <= 1))
            problems.Add($"dynamic_threshold: {quantile} is not allowed; allowed: above 0, up to 1");
        if (CleanLimit is not null && DynamicThreshold is not null)
            problems.Add("clean_limit, dynamic_threshold: only one of the two may be set");
        return problems;
    }
}

/// <summary>The samplers by their names in configuration files.</summary>
public static class SamplerRegistry
{
    private static readonly NameTable<Func<NoiseSchedule, ISampler>> Table = new("sampler",
        ("ddpm", schedule => new DdpmSampler(schedule)),
        ("ddim", schedule => new DdimSampler(schedule)),
        ("dpm-solver++", schedule => new DpmSolverSampler(schedule)),
        ("euler", schedule => new EulerSampler(schedule)),
        ("heun", schedule => new HeunSampler(schedule)));

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    /// <summary>
    /// The sampler of that name, case ignored, on a schedule. Throws <see cref="Core.Errors.InputException"/>, with the nearest
    /// name, on an unknown one.
    /// </summary>
    public static ISampler Create(string name, NoiseSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Table.Parse(name)(schedule);
    }
}

/// <summary>Rules that hold for some samplers only.</summary>
internal static class SamplerChecks
{
    /// <summary>A setting that has no effect is an error, or the user believes that it has one.</summary>
    public static void RequireNoEta(string sampler, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Options.Eta != 0)
            throw new InputException($"eta: {request.Options.Eta} is for the sampler 'ddim' only; with '{sampler}' it must be 0");
    }
}

/// <summary>Everything one run of a sampler needs.</summary>
public sealed record SamplingRequest
{
    /// <summary>The denoiser.</summary>
    public required IDenoiser Denoiser { get; init; }

    /// <summary>
    /// The starting point x at the first timestep of the grid, [batch, …], standard normal; left as it is. Take it from
    /// <see cref="INoiseSource.Normal"/> with draw 0 to have images independent of the batch.
    /// </summary>
    public required Tensor InitialNoise { get; init; }

    /// <summary>An image to begin with, which <see cref="InitialNoise"/> is added to; null to begin with the noise alone.</summary>
    public KnownImage? Image { get; init; }

    /// <summary>The noise that stochastic samplers add.</summary>
    public required INoiseSource Noise { get; init; }

    /// <summary>The settings.</summary>
    public SamplerOptions Options { get; init; } = new();

    /// <summary>Told after each step.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>Shown the samples after each step.</summary>
    public Action<SamplingStep>? OnStep { get; init; }
}

/// <summary>What a sampler shows after each step. The tensors live until the callback returns; clone what is to be kept.</summary>
/// <param name="Index">The step, from 0.</param>
/// <param name="Count">Steps in all.</param>
/// <param name="Timestep">The training timestep that the step started from.</param>
/// <param name="Latent">The samples after the step, [batch, …].</param>
/// <param name="Clean">The estimate of x0 that the step used, [batch, …].</param>
public readonly record struct SamplingStep(int Index, int Count, int Timestep, Tensor Latent, Tensor Clean);
