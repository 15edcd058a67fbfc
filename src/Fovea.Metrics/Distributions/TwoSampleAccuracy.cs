using Fovea.Core.Errors;
using Fovea.Metrics.Statistics;
using MathNet.Numerics;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// What a classifier two-sample test finds (Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", ICLR 2017): how often a classifier that was taught
/// to
/// tell two sets of images apart is right about images of both that it has not seen, as many of the one as of the other. Of sets of one distribution it is
/// right
/// about half of them. A count of independent verdicts is binomial then, which gives the p-value and the interval.
/// </summary>
/// <param name="GeneratedFound">Generated images that it called generated.</param>
/// <param name="RealFound">Real images that it called real.</param>
/// <param name="Images">Images of each set, at least 1.</param>
public sealed record TwoSampleAccuracy(int GeneratedFound, int RealFound, int Images)
{
    /// <summary>Accuracy of guessing.</summary>
    public const double Chance = 0.5;

    /// <summary>Images that it was right about.</summary>
    public int Correct => GeneratedFound + RealFound;

    /// <summary>Images that it was asked about.</summary>
    public int Total => 2 * Images;

    /// <summary>The share that it was right about, 0 to 1.</summary>
    public double Value => Correct / (double)Total;

    /// <summary>Wilson's 95 % interval: over the images that were judged, not over other trainings of the classifier.</summary>
    public Interval Interval => WilsonInterval.Estimate(Correct, Total);

    /// <summary>Probability that guessing is right at least as often: the exact one-sided binomial test.</summary>
    public double PValue => Correct == 0 ? 1 : SpecialFunctions.BetaRegularized(Correct, Total - Correct + 1.0, Chance);

    /// <summary>Counts verdicts.</summary>
    /// <param name="generated">Of each generated image the odds that it is generated, as a logarithm.</param>
    /// <param name="real">The same of as many real images.</param>
    /// <exception cref="InputException">The numbers differ, or are 0.</exception>
    public static TwoSampleAccuracy Measure(IReadOnlyCollection<double> generated, IReadOnlyCollection<double> real)
    {
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(real);
        if (generated.Count != real.Count || real.Count == 0)
            throw new InputException($"two-sample test of {generated.Count} generated and {real.Count} real images; as many of each are needed, at least 1");
        return new TwoSampleAccuracy(generated.Count(odds => odds > 0), real.Count(odds => odds <= 0), real.Count);
    }
}
