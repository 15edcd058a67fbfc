namespace Fovea.Study.Results;

/// <summary>A cell's images drawn again with its circuits on a noisy device, from the same starting noise.</summary>
public sealed record CellNoise
{
    /// <summary>The device profile's name; empty for ideal circuits.</summary>
    public required string Profile { get; init; }

    /// <summary>The factor on the device's noise; 0 for ideal circuits.</summary>
    public required double Scale { get; init; }

    /// <summary>Mean absolute difference of the images from the ideal circuits' images, in grey levels 0 to 255.</summary>
    public required double MeanChange { get; init; }

    /// <summary>Gradable images, as <see cref="CellGradability.Generated"/>; the first ones of the cell.</summary>
    public required string Gradable { get; init; }

    /// <summary>Distances to the same real images, a network each.</summary>
    public required IReadOnlyList<CellDistances> Distances { get; init; }
}
