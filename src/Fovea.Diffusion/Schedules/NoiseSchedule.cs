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
