namespace Fovea.Judging.Assessment.Results;

/// <summary>A figure of fundus images, generated beside real.</summary>
/// <param name="Name">What it is: hue, vesselness, vessel share, disc contrast, radial brightness.</param>
/// <param name="Unit">Unit of the distances.</param>
/// <param name="GeneratedMean">Mean over the generated images; null for a figure that is a curve.</param>
/// <param name="RealMean">Mean over the real images; null for a figure that is a curve.</param>
/// <param name="Distance">Wasserstein-1 distance of both distributions, with its bootstrap interval.</param>
/// <param name="Floor">The same distance between two random halves of the real images.</param>
public sealed record FundusFigure(string Name, string Unit, double? GeneratedMean, double? RealMean, Figure Distance, double Floor);
