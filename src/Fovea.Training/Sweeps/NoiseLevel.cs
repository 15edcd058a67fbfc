using System.Globalization;

namespace Fovea.Training.Sweeps;

/// <summary>One device at one factor of its noise.</summary>
/// <param name="Profile">The device's name, or null for no noise.</param>
/// <param name="Source">The shipped name or file that it came from.</param>
/// <param name="Scale">Factor on its noise.</param>
public sealed record NoiseLevel(string? Profile, string? Source, double Scale)
{
    /// <summary>Ideal circuits.</summary>
    public static NoiseLevel Ideal { get; } = new(null, null, 0);

    /// <summary>Name in tables and of the level's folder: "noiseless", "heavy-hex-x0.25".</summary>
    public string Name => Profile is null ? "noiseless" : string.Create(CultureInfo.InvariantCulture, $"{Profile}-x{Scale}");
}
