using Fovea.Diffusion.Schedules;
using Fovea.Training.Configuration;

namespace Fovea.Training.Stages;

/// <summary>Makes the diffusion process that a configuration describes.</summary>
internal static class DiffusionProcess
{
    internal static NoiseSchedule ScheduleOf(DiffusionOptions options) => NoiseSchedule.Create(new NoiseScheduleOptions
    {
        Kind = ScheduleKinds.Parse(options.Schedule),
        Timesteps = options.Timesteps,
        ZeroTerminalSnr = options.ZeroTerminalSnr,
    });
}
