using Fovea.Diffusion.Schedules;

namespace Fovea.Diffusion.Sampling;

/// <summary>The noise levels that a sampler visits: one per chosen timestep, then the clean end (α = 1, σ = 0).</summary>
public sealed class TimestepGrid
{
    private readonly int[] _timesteps;
    private readonly NoiseLevel[] _levels;

    /// <summary>Chooses <paramref name="steps"/> of the schedule's timesteps, 1 ≤ steps ≤ T.</summary>
    public TimestepGrid(NoiseSchedule schedule, TimestepSpacing spacing, int steps)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _timesteps = spacing.Choose(schedule.Timesteps, steps);
        _levels = [.. _timesteps.Select(schedule.LevelAt), NoiseLevel.Clean];
    }

    /// <summary>The number of steps N.</summary>
    public int Steps => _timesteps.Length;

    /// <summary>The training timesteps in the order of sampling, strictly falling.</summary>
    public ReadOnlySpan<int> Timesteps => _timesteps;

    /// <summary>N+1 noise levels: step i goes from level i to level i+1.</summary>
    public ReadOnlySpan<NoiseLevel> Levels => _levels;
}

/// <summary>
/// How N sampling timesteps are chosen among T training timesteps. Lin et al., "Common diffusion noise schedules and sample
/// steps are flawed", 2023, table 2.
/// </summary>
public enum TimestepSpacing
{
    /// <summary>round(T − i·T/N) − 1: starts at T−1, where the input really is noise, and ends above 0.</summary>
    Trailing,

    /// <summary>i·⌊T/N⌋ from the largest down: ends at 0 but starts below T−1, where the network expects some signal.</summary>
    Leading,

    /// <summary>N evenly spaced timesteps that include both T−1 and 0; T−1 alone for one step.</summary>
    Linspace,
}

/// <summary>The names of <see cref="TimestepSpacing"/> in configuration files, and the timesteps each chooses.</summary>
public static class TimestepSpacings
{
    private static readonly NameTable<TimestepSpacing> Table = new("spacing",
        ("trailing", TimestepSpacing.Trailing), ("leading", TimestepSpacing.Leading), ("linspace", TimestepSpacing.Linspace));

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    /// <summary>The spacing of that name, case ignored. Throws <see cref="Core.Errors.InputException"/> on an unknown name.</summary>
    public static TimestepSpacing Parse(string name) => Table.Parse(name);

    /// <summary>The name of the spacing.</summary>
    public static string ToName(this TimestepSpacing spacing) => Table.NameOf(spacing);

    /// <summary>
    /// The <paramref name="steps"/> timesteps in the order of sampling, strictly falling, within [0, T−1].
    /// Throws <see cref="ArgumentOutOfRangeException"/> unless 1 ≤ steps ≤ T.
    /// </summary>
    public static int[] Choose(this TimestepSpacing spacing, int trainingTimesteps, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, trainingTimesteps);
        var timesteps = new int[steps];
        for (var i = 0; i < steps; i++) timesteps[i] = At(spacing, trainingTimesteps, steps, i);
        return timesteps;
    }

    private static int At(TimestepSpacing spacing, int trainingTimesteps, int steps, int i) => spacing switch
    {
        TimestepSpacing.Trailing => Round(trainingTimesteps - i * (double)trainingTimesteps / steps) - 1,
        TimestepSpacing.Leading => (steps - 1 - i) * (trainingTimesteps / steps),
        TimestepSpacing.Linspace => Round((trainingTimesteps - 1) * (1 - i / Math.Max(1.0, steps - 1))),
        _ => throw new ArgumentOutOfRangeException(nameof(spacing), spacing, "no kind of spacing"),
    };

    private static int Round(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);
}
