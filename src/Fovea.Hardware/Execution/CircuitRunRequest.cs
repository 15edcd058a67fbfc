using Fovea.Core.Errors;
using Fovea.Hardware.Profiles;

namespace Fovea.Hardware.Execution;

/// <summary>How <see cref="CircuitRunner"/> runs a circuit.</summary>
public sealed record CircuitRunRequest
{
    /// <summary>Trajectories when their number is not given.</summary>
    public const int DefaultTrajectories = 1000;

    private const int MaxTrajectories = 10_000_000;

    /// <summary>The device, or null for an ideal circuit.</summary>
    public DeviceProfile? Profile { get; init; }

    /// <summary>Noise behind the circuit's own gates, without a device; null for none. Not together with <see cref="Profile"/>.</summary>
    public PlainNoise? Plain { get; init; }

    /// <summary>Gates at the circuit's end that belong to the measurement and have no plain noise.</summary>
    internal int QuietGates { get; init; }

    /// <summary>Noise, shots, seed and mitigation.</summary>
    public ExecutionOptions Options { get; init; } = new();

    /// <summary>Null for the first that takes the circuit: exact, density matrix, trajectories.</summary>
    public SimulationMethod? Method { get; init; }

    /// <summary>Trajectories of an estimate, or null for <see cref="DefaultTrajectories"/>. Shots are a trajectory each.</summary>
    public int? Trajectories { get; init; }

    /// <summary>Most threads, at least 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Throws <see cref="InputException"/> for the first setting that breaks a rule.</summary>
    public void Validate()
    {
        Options.Validate();
        if (Plain is not null && Profile is not null)
            throw new InputException("plain noise and a device do not go together");
        if (Plain is not null && Options.Mitigation == Mitigation.ZeroNoise)
            throw new InputException("the extrapolation to zero noise folds a device's gates; with plain noise allowed: none, readout");
        if (Trajectories is < 2 or > MaxTrajectories)
            throw new InputException($"trajectories = {Trajectories} is not allowed; allowed: 2 to {MaxTrajectories}");
        if (Trajectories is null)
            return;
        if (Options.Shots is not null)
            throw new InputException("trajectories and shots do not go together: every shot is a trajectory of its own");
        if (Method is SimulationMethod.Exact or SimulationMethod.DensityMatrix)
            throw new InputException("a number of trajectories needs the method trajectories");
    }
}
