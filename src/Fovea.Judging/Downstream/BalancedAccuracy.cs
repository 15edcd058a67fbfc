using Fovea.Evaluation.Statistics;
using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Downstream;

/// <summary>The mean over classes of the share of their images that is found: guessing gives 1/classes however uneven they are.</summary>
public static class BalancedAccuracy
{
    private const int Replicates = 1000;

    /// <summary>The accuracy with its bootstrap interval over test images. A resample may lack a class: the mean is over those it has.</summary>
    /// <param name="labels">The class of each test image.</param>
    /// <param name="verdicts">What the classifier says.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static Figure Of(IReadOnlyList<int> labels, IReadOnlyList<int> verdicts, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(verdicts);
        var result = Bootstrap.Of(
            labels.Count, list => list.GroupBy(k => labels[k]).Average(images => images.Average(k => verdicts[k] == labels[k] ? 1.0 : 0.0)),
            new BootstrapOptions { Replicates = Replicates, Seed = seed, Accelerate = false });
        return new(result.Estimate, result.Percentile);
    }
}
