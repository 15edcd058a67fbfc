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
