using Fovea.Diffusion.Schedules;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// The settings of a sampler. The seed is not among them: noise comes from an <see cref="INoiseSource"/>; nor is guidance, which
/// is a <see cref="GuidedDenoiser"/>.
/// </summary>
public sealed record SamplerOptions
{
    /// <summary>Sampling steps N, 1 to T; each calls the denoiser once.</summary>
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
            problems.Add($"steps: {Steps} is outside [1, {schedule.Timesteps}], the schedule's timesteps");
        if (!Enum.IsDefined(Spacing)) problems.Add($"spacing: {(int)Spacing} is no kind of spacing");
        if (!(Eta is >= 0 and <= 1)) problems.Add($"eta: {Eta} is outside [0, 1]");
        if (CleanLimit is { } limit && !(limit > 0 && double.IsFinite(limit)))
            problems.Add($"clean_limit: {limit} must be a number above 0, or left out");
        if (DynamicThreshold is { } quantile && !(quantile is > 0 and <= 1))
            problems.Add($"dynamic_threshold: {quantile} is outside (0, 1]");
        if (CleanLimit is not null && DynamicThreshold is not null)
            problems.Add("clean_limit, dynamic_threshold: only one of the two may be set");
        return problems;
    }
}
