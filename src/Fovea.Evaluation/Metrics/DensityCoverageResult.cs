namespace Fovea.Evaluation.Metrics;

/// <summary>How densely generated images lie among real ones, and how many real ones they reach.</summary>
/// <param name="Density">Mean number of real balls around a generated image over k: about 1 for like distributions, may be above.</param>
/// <param name="Coverage">Share of real balls, 0 to 1, that hold a generated image.</param>
/// <param name="ExpectedCoverage">Coverage that like distributions have on average at these numbers of images.</param>
public readonly record struct DensityCoverageResult(double Density, double Coverage, double ExpectedCoverage);
