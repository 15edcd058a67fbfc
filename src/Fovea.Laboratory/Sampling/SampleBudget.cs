using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Sampling;

/// <summary>How long a figure is sampled: until its standard error is small enough, within bounds on the draws.</summary>
/// <param name="Least">Fewest draws.</param>
/// <param name="Most">Most draws.</param>
/// <param name="RelativeError">Standard error over value that is small enough.</param>
internal readonly record struct SampleBudget(int Least, int Most, double RelativeError)
{
    // A mean square whose error is below this is rounding: more draws don't make it more exact.
    private const double Nothing = 1e-20;

    /// <summary>As many draws as it takes to see which derivatives are zero: in principle one, with some to spare.</summary>
    public static SampleBudget ForProof => new(8, 8, 0);

    /// <summary>Whether a figure needs no more draws.</summary>
    public bool IsEnough(int draws, Estimate estimate) =>
        draws >= Most || (draws >= Least && (estimate.StandardError < Nothing || estimate.RelativeError <= RelativeError));
}
