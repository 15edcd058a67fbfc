using Fovea.Core.Random;

namespace Fovea.Diffusion.Losses;

/// <summary>How often each timestep is trained.</summary>
public enum TimestepDensity
{
    /// <summary>All alike.</summary>
    Uniform,

    /// <summary>
    /// The middle more often than the ends: (t + ½)/T is the logistic function of a standard normal number. Esser et al., "Scaling rectified flow transformers
    /// for
    /// high-resolution image synthesis", 2024, eq. 19 with m = 0 and s = 1.
    /// </summary>
    LogitNormal,
}

/// <summary>The names of <see cref="TimestepDensity"/> in configuration files, and draws from each.</summary>
public static class TimestepDensities
{
    private static readonly NameTable<TimestepDensity> Table = new("timestep_density",
        ("uniform", TimestepDensity.Uniform), ("logit-normal", TimestepDensity.LogitNormal));

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    /// <summary>The density of that name, case ignored. Throws <see cref="Core.Errors.InputException"/> on an unknown name.</summary>
    public static TimestepDensity Parse(string name) => Table.Parse(name);

    /// <summary>The name of the density.</summary>
    public static string ToName(this TimestepDensity density) => Table.NameOf(density);

    /// <summary>Draws a timestep.</summary>
    /// <param name="density">The density.</param>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="timesteps">Timesteps T of the schedule.</param>
    /// <returns>From 0 to T − 1.</returns>
    public static int Draw(this TimestepDensity density, CounterRandom random, int timesteps)
    {
        ArgumentNullException.ThrowIfNull(random);
        return density == TimestepDensity.Uniform
            ? random.NextInt(timesteps)
            : Math.Min(timesteps - 1, (int)(timesteps / (1 + Math.Exp(-random.NextNormal()))));
    }
}
