using Fovea.Core.Errors;
using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace Fovea.Metrics.Statistics;

/// <summary>
/// The interval of a share of new values below a threshold that is itself an order statistic of a sample. Of values of the sample's own distribution
/// the k-th smallest of n has, on average, the share k / (n + 1) below it; which share it has is beta-distributed (k, n + 1 − k), and so the number of m new
/// values below it is beta-binomial. The interval holds the mean shares θ that an exact test of equal tails does not refuse, each with
/// the distribution (θ(n + 1), (1 − θ)(n + 1)): at θ = k / (n + 1) that is the exact one, so that values of one distribution lie outside as seldom as they may.
/// </summary>
public static class BetaBinomialInterval
{
    private const double Accuracy = 1e-10;

    /// <summary>The interval of the share behind <paramref name="count"/> of <paramref name="total"/>, within 0 to 1.</summary>
    /// <param name="count">New values below the threshold, from 0 to the total.</param>
    /// <param name="total">New values, at least 1.</param>
    /// <param name="sample">Size of the sample that the threshold is from, at least 1.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <exception cref="InputException">A number breaks its rule.</exception>
    public static Interval Estimate(int count, int total, int sample, double confidence = 0.95)
    {
        if (total < 1) throw new InputException($"proportion of {total}; at least 1 is needed");
        if (count < 0 || count > total) throw new InputException($"proportion: {count} of {total}; allowed: 0 to {total}");
        if (sample < 1) throw new InputException($"threshold from a sample of {sample}; at least 1 is needed");
        if (confidence is not (> 0 and < 1)) throw new InputException($"confidence {confidence}; allowed: between 0 and 1");
        var tail = (1 - confidence) / 2;
        return new Interval(
            count == 0 ? 0 : Root(share => 1 - Below(count, total, share, sample + 1.0) - tail),
            count == total ? 1 : Root(share => tail - Below(count + 1, total, share, sample + 1.0)));
    }

    // Both functions rise with the share, from a tail below its size to one above it.
    private static double Root(Func<double, double> function) => Brent.FindRoot(function, Accuracy, 1 - Accuracy, Accuracy, maxIterations: 200);

    /// <summary>Probability of fewer than <paramref name="count"/> of the total, beta-binomial with that mean share and that sum of both parameters.</summary>
    private static double Below(int count, int total, double share, double weight)
    {
        var (a, b) = (share * weight, (1 - share) * weight);
        var log = SpecialFunctions.GammaLn(b + total) + SpecialFunctions.GammaLn(weight) - SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(weight + total);
        var sum = 0.0;
        for (var k = 0; k < count; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((total - k) * (k + a) / ((k + 1.0) * (total - k - 1 + b)));
        }

        return sum;
    }
}
