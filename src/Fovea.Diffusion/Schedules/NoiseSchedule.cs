using Fovea.Core.Errors;

namespace Fovea.Diffusion.Schedules;

/// <summary>
/// The variance-preserving forward process x_t = α_t·x0 + σ_t·ε, ε ~ N(0, I), at the training timesteps t = 0 … T−1, with
/// α_t = √ᾱ_t, σ_t = √(1−ᾱ_t) and SNR_t = ᾱ_t/(1−ᾱ_t). ᾱ falls strictly. All tables are double precision and immutable.
/// </summary>
public sealed class NoiseSchedule
{
    private readonly double[] _alphaBar;
    private readonly double[] _alpha;
    private readonly double[] _sigma;
    private readonly double[] _snr;
    private readonly double[] _logSnr;

    private NoiseSchedule(double[] alphaBar)
    {
        _alphaBar = alphaBar;
        _alpha = Array.ConvertAll(alphaBar, Math.Sqrt);
        _sigma = Array.ConvertAll(alphaBar, value => Math.Sqrt(1 - value));
        _snr = Array.ConvertAll(alphaBar, value => value / (1 - value));
        _logSnr = Array.ConvertAll(_snr, Math.Log);
    }

    /// <summary>The number of training timesteps T.</summary>
    public int Timesteps => _alphaBar.Length;

    /// <summary>ᾱ_t, the share of the signal in the variance of x_t, in [0, 1).</summary>
    public ReadOnlySpan<double> AlphaBar => _alphaBar;

    /// <summary>α_t = √ᾱ_t, the factor of x0.</summary>
    public ReadOnlySpan<double> Alpha => _alpha;

    /// <summary>σ_t = √(1−ᾱ_t), the factor of the noise, in (0, 1].</summary>
    public ReadOnlySpan<double> Sigma => _sigma;

    /// <summary>The signal-to-noise ratio ᾱ_t/(1−ᾱ_t).</summary>
    public ReadOnlySpan<double> Snr => _snr;

    /// <summary>ln SNR_t; −∞ at the last timestep of a schedule with zero terminal SNR.</summary>
    public ReadOnlySpan<double> LogSnr => _logSnr;

    /// <summary>Whether the last timestep is noise alone: ᾱ at T−1 is exactly 0.</summary>
    public bool HasZeroTerminalSnr => _alphaBar[^1] == 0;

    /// <summary>α and σ at a timestep in [0, T−1].</summary>
    public NoiseLevel LevelAt(int timestep) => new(_alpha[timestep], _sigma[timestep]);

    /// <summary>
    /// Builds a schedule. Throws <see cref="InputException"/>, one line with every broken rule, on bad options.
    /// </summary>
    public static NoiseSchedule Create(NoiseScheduleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems() is { Count: > 0 } problems) throw new InputException(string.Join("; ", problems));
        var alphaBar = AlphaBarTable.Compute(options);
        if (Violation(alphaBar) is { } violation)
            throw new InputException($"schedule '{options.Kind.ToName()}': {violation}; take smaller betas or fewer timesteps");
        return new NoiseSchedule(alphaBar);
    }

    /// <summary>
    /// A schedule from a table of ᾱ that falls strictly, starts below 1 and ends at 0 or above. Throws
    /// <see cref="ArgumentException"/> when it does not.
    /// </summary>
    public static NoiseSchedule FromAlphaBar(ReadOnlySpan<double> alphaBar)
    {
        if (Violation(alphaBar) is { } violation) throw new ArgumentException(violation, nameof(alphaBar));
        return new NoiseSchedule(alphaBar.ToArray());
    }

    private static string? Violation(ReadOnlySpan<double> alphaBar)
    {
        if (alphaBar.Length < NoiseScheduleOptions.MinimumTimesteps) return "fewer than two timesteps";
        if (!(alphaBar[0] < 1)) return $"alpha-bar starts at {alphaBar[0]}, it must be below 1";
        for (var t = 1; t < alphaBar.Length; t++)
        {
            if (!(alphaBar[t] < alphaBar[t - 1] && alphaBar[t] >= 0))
                return $"alpha-bar does not fall between the timesteps {t - 1} and {t} ({alphaBar[t - 1]:g4}, {alphaBar[t]:g4})";
        }

        return null;
    }
}

/// <summary>What defines a <see cref="NoiseSchedule"/>; saved beside the weights that were trained with it.</summary>
public sealed record NoiseScheduleOptions
{
    /// <summary>The fewest training timesteps that make a schedule.</summary>
    public const int MinimumTimesteps = 2;

    /// <summary>The most training timesteps: what the noise streams of the samplers can number, where no step is repeated.</summary>
    public const int MaximumTimesteps = 1_000_000;

    /// <summary>The shape of β.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Linear;

    /// <summary>Training timesteps T; timesteps run from 0 (almost clean) to T−1 (almost noise).</summary>
    public int Timesteps { get; init; } = 1000;

    /// <summary>
    /// β at timestep 0, in (0, 1), taken as it is; null for 1e-4 (linear) or 8.5e-4 (scaled-linear) times 1000/T, so that the
    /// total noise does not depend on T. Ignored by the schedules without β.
    /// </summary>
    public double? BetaStart { get; init; }

    /// <summary>β at timestep T−1, in (0, 1), taken as it is; null for 0.02 (linear) or 0.012 (scaled-linear) times 1000/T.</summary>
    public double? BetaEnd { get; init; }

    /// <summary>The offset s of the cosine schedule, in [0, 0.1], that keeps the first β from vanishing.</summary>
    public double CosineOffset { get; init; } = 0.008;

    /// <summary>The largest β of the cosine schedule, in (0, 1).</summary>
    public double CosineMaximumBeta { get; init; } = 0.999;

    /// <summary>
    /// Whether √ᾱ is shifted and rescaled so that the last timestep holds no signal at all (Lin et al. 2023); the rectified schedule always is so.
    /// </summary>
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
            problems.Add($"timesteps: {Timesteps} is not allowed; allowed: {MinimumTimesteps} to {MaximumTimesteps}");
        else if (Kind == ScheduleKind.Cosine)
            AddCosineProblems(problems);
        else if (Kind != ScheduleKind.Rectified && !(FirstBeta > 0 && FirstBeta < LastBeta && LastBeta < 1))
            problems.Add($"beta_start, beta_end: {FirstBeta:g4} and {LastBeta:g4} at {Timesteps} timesteps break 0 < start < end < 1");
        return problems;
    }

    private void AddCosineProblems(List<string> problems)
    {
        if (!(CosineOffset is >= 0 and <= 0.1)) problems.Add($"cosine_offset: {CosineOffset} is not allowed; allowed: 0 to 0.1");
        if (!(CosineMaximumBeta is > 0 and < 1)) problems.Add($"cosine_maximum_beta: {CosineMaximumBeta} is not allowed; allowed: between 0 and 1");
    }
}

/// <summary>
/// The amounts of signal and noise in x = α·x0 + σ·ε, with α² + σ² = 1 (variance preserving).
/// </summary>
/// <param name="Alpha">The signal's factor α = √ᾱ, in [0, 1].</param>
/// <param name="Sigma">The noise's factor σ = √(1−ᾱ), in [0, 1].</param>
public readonly record struct NoiseLevel(double Alpha, double Sigma)
{
    /// <summary>No noise: where every sampler ends.</summary>
    public static NoiseLevel Clean => new(1, 0);

    /// <summary>λ = ln(α/σ), half the log-SNR; +∞ without noise, −∞ without signal.</summary>
    public double HalfLogSnr => Math.Log(Alpha) - Math.Log(Sigma);

    /// <summary>
    /// s = σ/(α + σ), in [0, 1]: how far x lies on the straight line (1 − s)·x0 + s·ε from data to noise, of which x is the point divided by √((1 − s)² + s²).
    /// </summary>
    public double LineTime => Sigma / Length;

    /// <summary>α + σ, at least 1: x over it is the point on the line.</summary>
    internal double Length => Alpha + Sigma;
}

/// <summary>The shape of the noise variances β over the training timesteps.</summary>
public enum ScheduleKind
{
    /// <summary>β rises linearly. Ho, Jain, Abbeel, "Denoising diffusion probabilistic models", 2020, section 4.</summary>
    Linear,

    /// <summary>√β rises linearly. Rombach et al., "High-resolution image synthesis with latent diffusion models", 2022.</summary>
    ScaledLinear,

    /// <summary>ᾱ falls as a squared cosine. Nichol, Dhariwal, "Improved denoising diffusion probabilistic models", 2021, eq. 17.</summary>
    Cosine,

    /// <summary>
    /// Signal and noise in the shares 1 − s and s, s = (t + 1)/T: the straight line from data to noise of rectified flow (Liu et al. 2022), scaled to unit
    /// variance.
    /// The last timestep is noise alone.
    /// </summary>
    Rectified,
}

/// <summary>The names of <see cref="ScheduleKind"/> in configuration files.</summary>
public static class ScheduleKinds
{
    private static readonly NameTable<ScheduleKind> Table = new("schedule",
        ("linear", ScheduleKind.Linear), ("scaled-linear", ScheduleKind.ScaledLinear), ("cosine", ScheduleKind.Cosine),
        ("rectified", ScheduleKind.Rectified));

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    /// <summary>The kind of that name, case ignored. Throws <see cref="Core.Errors.InputException"/> on an unknown name.</summary>
    public static ScheduleKind Parse(string name) => Table.Parse(name);

    /// <summary>The name of the kind.</summary>
    public static string ToName(this ScheduleKind kind) => Table.NameOf(kind);
}
