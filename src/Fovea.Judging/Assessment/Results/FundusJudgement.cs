namespace Fovea.Judging.Assessment.Results;

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
