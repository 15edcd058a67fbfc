namespace Fovea.Training.Configuration;

/// <summary>
/// The <c>[quantum.noise]</c> section: training under a device's noise, exactly and with gradients. Reconstructions, latents and sample
/// grids of the run stay ideal; sampling under noise is asked for when sampling.
/// </summary>
public sealed record QuantumNoiseOptions
{
    /// <summary>A shipped profile's name, a profile's file, or a backend's JSON; null for ideal circuits.</summary>
    public string? Profile { get; init; }

    /// <summary>Factor on the device's noise.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Share of a stage's steps after which noise goes on.</summary>
    public double Start { get; init; }

    /// <summary>Share of a stage's steps after which it goes off again.</summary>
    public double Stop { get; init; } = 1;

    /// <summary>Noise is on in one of so many steps between start and stop, and off in the others.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Whether a step is made under noise. A function of the step alone, so that a resumed run does the same.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">Steps of the stage.</param>
    public bool IsOnAt(long step, long steps) =>
        Profile is not null && step >= Start * steps && step < Stop * steps && step % Every == 0;
}
