using Fovea.Core.Errors;
using Fovea.Devices.Compilation;

namespace Fovea.Devices.Execution;

/// <summary>How circuits are run on a device.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Most shots accepted.</summary>
    public const int MaxShots = 10_000_000;

    /// <summary>Factor on all noise of the device; layout and durations stay. 0 is the ideal circuit.</summary>
    public double NoiseScale { get; init; } = 1;

    /// <summary>Measurements for every expectation value, or null for the exact value.</summary>
    public int? Shots { get; init; }

    /// <summary>Seed of the measurements' outcomes.</summary>
    public ulong Seed { get; init; }

    /// <summary>What is done about noise after the measurement.</summary>
    public Mitigation Mitigation { get; init; }

    /// <summary>Whether there is neither noise nor sampling.</summary>
    public bool IsIdeal => NoiseScale == 0 && Shots is null;

    /// <summary>Throws <see cref="InputException"/> for the first setting out of its range.</summary>
    public void Validate()
    {
        if (!CompilationOptions.IsNoiseScale(NoiseScale))
            throw new InputException($"noise scale {NoiseScale} is not allowed; allowed: a number from 0 to {CompilationOptions.MaxNoiseScale}");
        if (Shots is < 1 or > MaxShots)
            throw new InputException($"shots = {Shots} is not allowed; allowed: 1 to {MaxShots}");
    }
}

/// <summary>What is done about noise after the measurement.</summary>
public enum Mitigation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The known readout confusion is inverted.</summary>
    Readout,

    /// <summary>
    /// Entangling gates are folded to 1, 3 and 5 times their noise, and Richardson's formula extrapolates to zero. What folding does not
    /// multiply (pulses, readout) stays.
    /// </summary>
    ZeroNoise,
}

/// <summary>How one circuit is computed.</summary>
public enum SimulationMethod
{
    /// <summary>Exactly: by an ideal engine, the trigonometric engine with noise, or a density matrix where that refuses.</summary>
    Exact,

    /// <summary>By a density matrix, exactly, up to ten wires.</summary>
    DensityMatrix,

    /// <summary>By random state vectors.</summary>
    Trajectories,
}
