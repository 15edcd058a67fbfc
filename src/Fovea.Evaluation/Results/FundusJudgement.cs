using Fovea.Metrics.Statistics;

namespace Fovea.Evaluation.Results;

/// <summary>Figures that have names: colour, vessels, disc, light.</summary>
/// <param name="Figures">A row each.</param>
/// <param name="GeneratedHues">Mean shares of hues around the circle, from red.</param>
/// <param name="RealHues">The same of real images.</param>
/// <param name="GeneratedRadial">Mean brightness, 0 to 1, by distance from the middle.</param>
/// <param name="RealRadial">The same of real images.</param>
/// <param name="GeneratedVesselShare">Each generated image's share of vessel-like pixels.</param>
/// <param name="RealVesselShare">Each real image's.</param>
public sealed record FundusJudgement(
    IReadOnlyList<FundusFigure> Figures,
    IReadOnlyList<double> GeneratedHues,
    IReadOnlyList<double> RealHues,
    IReadOnlyList<double> GeneratedRadial,
    IReadOnlyList<double> RealRadial,
    IReadOnlyList<double> GeneratedVesselShare,
    IReadOnlyList<double> RealVesselShare);

/// <summary>A figure of fundus images, generated beside real.</summary>
/// <param name="Name">What it is: hue, vesselness, vessel share, disc contrast, radial brightness.</param>
/// <param name="Unit">Unit of the distances.</param>
/// <param name="GeneratedMean">Mean over the generated images; null for a figure that is a curve.</param>
/// <param name="RealMean">Mean over the real images; null for a figure that is a curve.</param>
/// <param name="Distance">Wasserstein-1 distance of both distributions, with its half-sampling interval.</param>
/// <param name="Floor">The same distance between random parts of the real images, of as many as half of them or as there are generated ones.</param>
/// <param name="AtFloor">The distance of generated and real images at as many a side, which can be compared with the floor.</param>
public sealed record FundusFigure(
    string Name, string Unit, double? GeneratedMean, double? RealMean, Figure Distance, double Floor, double AtFloor);

/// <summary>A number with its uncertainty.</summary>
/// <param name="Value">The number for all images.</param>
/// <param name="Interval">Its 95 % interval over images; null where there is none.</param>
public readonly record struct Figure(double Value, Interval? Interval);
