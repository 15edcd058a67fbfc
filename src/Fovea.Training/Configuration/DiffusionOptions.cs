namespace Fovea.Training.Configuration;

/// <summary>The <c>[diffusion]</c> section.</summary>
public sealed record DiffusionOptions
{
    /// <summary>Noise schedule: linear, scaled-linear or cosine.</summary>
    public required string Schedule { get; init; }

    /// <summary>What the network predicts: epsilon, v or sample.</summary>
    public required string Prediction { get; init; }

    /// <summary>Training timesteps.</summary>
    public required int Timesteps { get; init; }

    /// <summary>Whether the schedule is rescaled so that the last timestep is pure noise.</summary>
    public required bool ZeroTerminalSnr { get; init; }
}
