using Fovea.Core.Errors;
using Fovea.Metrics.Distances;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// Density and coverage by balls around real images only, so that an odd generated image harms nothing but itself. Naeem et al.,
/// "Reliable fidelity and diversity metrics for generative models", ICML 2020. A ball's rim does not belong to it.
/// </summary>
public static class DensityCoverage
{
    /// <summary>The usual number of neighbours.</summary>
    public const int DefaultNeighbours = 5;

    /// <summary>Measures both; the sets may differ in size.</summary>
    /// <param name="real">Features of the real images.</param>
    /// <param name="generated">Features of the generated ones by the same network.</param>
    /// <param name="neighbours">k, from 1 to the real images less 1.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">k does not fit, or the networks differ.</exception>
    public static DensityCoverageResult Measure(FeatureMatrix real, FeatureMatrix generated, int neighbours = DefaultNeighbours, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(real);
        real.RequireComparable(generated);
        var radii = SupportSearch.SquaredRadii(real, neighbours, threads);
        var density = SupportSearch.BallsAround(generated, real, radii, false, threads).Average() / neighbours;
        var nearest = NeighbourSearch.SquaredAcross(real, generated, 1, threads);
        var reached = radii.Where((radius, k) => nearest.Distance(k) < radius).Count();
        return new DensityCoverageResult(density, reached / (double)real.Images, ExpectedCoverage(real.Images, generated.Images, neighbours));
    }

    /// <summary>
    /// The mean coverage of independent images of one continuous distribution, 1 − (N−1)…(N−k) / ((M+N−1)…(M+N−k)): that of the
    /// k nearest of all others to a real image, not all are real.
    /// </summary>
    /// <param name="real">Real images, N.</param>
    /// <param name="generated">Generated images, M.</param>
    /// <param name="neighbours">k.</param>
    public static double ExpectedCoverage(int real, int generated, int neighbours)
    {
        var missed = 1.0;
        for (var k = 1; k <= neighbours; k++) missed *= (real - k) / (double)(real + generated - k);
        return 1 - missed;
    }
}

/// <summary>How densely generated images lie among real ones, and how many real ones they reach.</summary>
/// <param name="Density">Mean number of real balls around a generated image over k: about 1 for like distributions, may be above.</param>
/// <param name="Coverage">Share of real balls, 0 to 1, that hold a generated image.</param>
/// <param name="ExpectedCoverage">Coverage that like distributions have on average at these numbers of images.</param>
public readonly record struct DensityCoverageResult(double Density, double Coverage, double ExpectedCoverage);
