namespace Fovea.Diffusion.Schedules;

/// <summary>What defines a <see cref="NoiseSchedule"/>; saved beside the weights that were trained with it.</summary>
public sealed record NoiseScheduleOptions
{
    /// <summary>The fewest training timesteps that make a schedule.</summary>
    public const int MinimumTimesteps = 2;

    /// <summary>The most training timesteps: what the noise streams of the samplers can number.</summary>
    public const int MaximumTimesteps = 1_000_000;

    /// <summary>The shape of β.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Linear;

    /// <summary>Training timesteps T; timesteps run from 0 (almost clean) to T−1 (almost noise).</summary>
    public int Timesteps { get; init; } = 1000;

    /// <summary>
    /// β at timestep 0, in (0, 1), taken as it is; null for 1e-4 (linear) or 8.5e-4 (scaled-linear) times 1000/T, so that the
    /// total noise does not depend on T. Ignored by the cosine schedule.
    /// </summary>
    public double? BetaStart { get; init; }

    /// <summary>β at timestep T−1, in (0, 1), taken as it is; null for 0.02 (linear) or 0.012 (scaled-linear) times 1000/T.</summary>
    public double? BetaEnd { get; init; }

    /// <summary>The offset s of the cosine schedule, in [0, 0.1], that keeps the first β from vanishing.</summary>
    public double CosineOffset { get; init; } = 0.008;

    /// <summary>The largest β of the cosine schedule, in (0, 1).</summary>
    public double CosineMaximumBeta { get; init; } = 0.999;

    /// <summary>Whether √ᾱ is shifted and rescaled so that the last timestep holds no signal at all (Lin et al. 2023).</summary>
    public bool ZeroTerminalSnr { get; init; }

    /// <summary>β at timestep 0 after the defaults are filled in.</summary>
    internal double FirstBeta => BetaStart ?? (Kind == ScheduleKind.Linear ? 1e-4 : 8.5e-4) * 1000 / Timesteps;

    /// <summary>β at timestep T−1 after the defaults are filled in.</summary>
    internal double LastBeta => BetaEnd ?? (Kind == ScheduleKind.Linear ? 0.02 : 0.012) * 1000 / Timesteps;

    /// <summary>Every broken rule, one phrase each; empty when the options are good.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!Enum.IsDefined(Kind)) problems.Add($"schedule: {(int)Kind} is no kind of schedule");
        if (Timesteps is < MinimumTimesteps or > MaximumTimesteps)
            problems.Add($"timesteps: {Timesteps} is outside [{MinimumTimesteps}, {MaximumTimesteps}]");
        else if (Kind == ScheduleKind.Cosine)
            AddCosineProblems(problems);
        else if (!(FirstBeta > 0 && FirstBeta < LastBeta && LastBeta < 1))
            problems.Add($"beta_start, beta_end: {FirstBeta:g4} and {LastBeta:g4} at {Timesteps} timesteps break 0 < start < end < 1");
        return problems;
    }

    private void AddCosineProblems(List<string> problems)
    {
        if (!(CosineOffset is >= 0 and <= 0.1)) problems.Add($"cosine_offset: {CosineOffset} is outside [0, 0.1]");
        if (!(CosineMaximumBeta is > 0 and < 1)) problems.Add($"cosine_maximum_beta: {CosineMaximumBeta} is outside (0, 1)");
    }
}
