using Fovea.Diffusion.Naming;
using Fovea.Diffusion.Schedules;

namespace Fovea.Diffusion.Sampling;

/// <summary>The samplers by their names in configuration files.</summary>
public static class SamplerRegistry
{
    private static readonly NameTable<Func<NoiseSchedule, ISampler>> Table = new("sampler",
        ("ddpm", schedule => new DdpmSampler(schedule)),
        ("ddim", schedule => new DdimSampler(schedule)),
        ("dpm-solver++", schedule => new DpmSolverSampler(schedule)));

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
