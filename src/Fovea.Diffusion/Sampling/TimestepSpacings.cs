using Fovea.Diffusion.Naming;

namespace Fovea.Diffusion.Sampling;

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
