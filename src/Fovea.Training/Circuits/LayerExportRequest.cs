using Fovea.Hardware.Exchange;

namespace Fovea.Training.Circuits;

/// <summary>Which circuit of a trained run is exported, and how.</summary>
public sealed record LayerExportRequest
{
    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>"autoencoder." or "denoiser." and the layer's path in the network; null ends in a message with the names.</summary>
    public string? Layer { get; init; }

    /// <summary>The format.</summary>
    public CircuitFormat Format { get; init; }

    /// <summary>A picture whose inputs are bound, or null to leave inputs open.</summary>
    public string? Image { get; init; }

    /// <summary>Where in the layer's map: column X and row Y from 0. Goes with <see cref="Image"/>.</summary>
    public (int X, int Y)? Position { get; init; }

    /// <summary>Which of the circuits at a position, from 0; null for the first.</summary>
    public int? Group { get; init; }

    /// <summary>The denoiser's timestep; null for 0.</summary>
    public int? Timestep { get; init; }
}
