using Fovea.Judges.Features;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Statistics;

namespace Fovea.Evaluation.Results;

/// <summary>Fidelity and diversity in the features of one network. Intervals are those of half-samples.</summary>
public sealed record FeatureJudgement
{
    /// <summary>The network.</summary>
    public required FeatureNetworkDescription Network { get; init; }

    /// <summary>Fréchet distance of all generated from all real images.</summary>
    public required Figure Frechet { get; init; }

    /// <summary>Its line in 1/N; null when there are too few images for one.</summary>
    public FrechetLimit? FrechetLimit { get; init; }

    /// <summary>Real images against other real images, half of them a side.</summary>
    public required FrechetFloor FrechetFloor { get; init; }

    /// <summary>Generated against real images at the floor's number of images; null when there are fewer generated ones than that.</summary>
    public double? FrechetAtFloor { get; init; }

    /// <summary>Kernel distance over all images, unbiased.</summary>
    public required Figure Kernel { get; init; }

    /// <summary>The same between the halves of the real images, over the floor's splits: mean and standard deviation.</summary>
    public required KernelDistanceResult KernelFloor { get; init; }

    /// <summary>Share of generated images among the real ones.</summary>
    public required Figure Precision { get; init; }

    /// <summary>Share of real images among the generated ones.</summary>
    public required Figure Recall { get; init; }

    /// <summary>How densely generated images lie among real ones; about 1 for like distributions.</summary>
    public required Figure Density { get; init; }

    /// <summary>Share of real images with a generated one near.</summary>
    public required Figure Coverage { get; init; }

    /// <summary>Coverage that like distributions have at these numbers of images.</summary>
    public required double ExpectedCoverage { get; init; }

    /// <summary>Recall and coverage of real halves, and of the generated images at their number; null in judgements from before there was one.</summary>
    public SupportFloor? SupportFloor { get; init; }

    /// <summary>Mean feature distance of two generated images.</summary>
    public required PairMean GeneratedVariety { get; init; }

    /// <summary>Mean feature distance of two real images.</summary>
    public required PairMean RealVariety { get; init; }
}

/// <summary>Recall and coverage at one size, over random parts of the real images: both change with the number of images.</summary>
/// <param name="Images">Images a side: half of the real ones, or the generated ones where they are fewer.</param>
/// <param name="RealRecall">Recall of such a part by another part.</param>
/// <param name="RealCoverage">Coverage of such a part by another part.</param>
/// <param name="GeneratedRecall">Recall of such a part by as many generated images.</param>
/// <param name="GeneratedCoverage">Coverage of such a part by as many generated images.</param>
public sealed record SupportFloor(int Images, MeanOfSplits RealRecall, MeanOfSplits RealCoverage, MeanOfSplits GeneratedRecall, MeanOfSplits GeneratedCoverage);

/// <summary>A figure over several random splits.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="StandardDeviation">Its standard deviation over the splits, which share images.</param>
public readonly record struct MeanOfSplits(double Mean, double StandardDeviation)
{
    internal static MeanOfSplits Measure(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return new(mean, Spread.Deviation(values, mean));
    }
}

/// <summary>Multi-scale structural similarity of pairs: the smaller, the more variety; only the comparison means something.</summary>
/// <param name="Generated">Mean over pairs of generated images.</param>
/// <param name="Real">Mean over as many pairs of real images.</param>
public sealed record VarietyJudgement(PairMean Generated, PairMean Real);

/// <summary>Nearness of generated images to training images in one space.</summary>
/// <param name="Space">A feature network's name, or "pixels" for <see cref="AlignedPixelDistance"/> of the likeliest candidates.</param>
/// <param name="Report">What was found; its distances are in that space's unit.</param>
public sealed record MemorisationJudgement(string Space, MemorisationReport Report);
