using Fovea.Judges.Grading;
using Fovea.Metrics.Statistics;

namespace Fovea.Evaluation.Results;

/// <summary>Gradable shares of generated images beside those that they have to be seen with.</summary>
public sealed record GradabilityJudgement
{
    /// <summary>The grader's file or shipped name.</summary>
    public required string Grader { get; init; }

    /// <summary>SHA-256 of the grader's file.</summary>
    public required string GraderHash { get; init; }

    /// <summary>Side of the grader's input in pixels.</summary>
    public required int GraderSide { get; init; }

    /// <summary>Whether the grader knows none of the images that the generator was trained on; null when that cannot be told.</summary>
    public required bool? IsOutside { get; init; }

    /// <summary>How that was found, in a sentence.</summary>
    public required string OutsideReason { get; init; }

    /// <summary>Generated images.</summary>
    public required GradableRate Generated { get; init; }

    /// <summary>The real images.</summary>
    public required GradableRate Real { get; init; }

    /// <summary>Reconstructions of the real images by the run's autoencoder, the ceiling; null without a run.</summary>
    public GradableRate? Reconstructed { get; init; }

    /// <summary>Generated less real, Newcombe's interval.</summary>
    public ProportionDifference AgainstReal => Difference(Real);

    /// <summary>Generated less reconstructed, Newcombe's interval.</summary>
    public ProportionDifference? AgainstReconstructed => Reconstructed is { } rate ? Difference(rate) : null;

    /// <summary>How the grader did on held-out labelled photographs; null when its file does not say.</summary>
    public GraderConfusion? Confusion { get; init; }

    private ProportionDifference Difference(GradableRate other) =>
        ProportionDifference.Estimate(Generated.Gradable, Generated.Total, other.Gradable, other.Total);
}

/// <summary>How many images of a set can be read.</summary>
/// <param name="Images">Which set: generated, real, reconstructed.</param>
/// <param name="Good">Graded good.</param>
/// <param name="Usable">Graded usable.</param>
/// <param name="Reject">Graded reject.</param>
/// <param name="Gradable">Gradable by the rule: good, or usable with P(reject) below 0.25.</param>
public sealed record GradableRate(string Images, int Good, int Usable, int Reject, int Gradable)
{
    /// <summary>Whether each image is gradable, in the order of the set; empty when only the counts were kept.</summary>
    public IReadOnlyList<bool> Verdicts { get; init; } = [];

    /// <summary>Images in all.</summary>
    public int Total => Good + Usable + Reject;

    /// <summary>The gradable share with Wilson's interval.</summary>
    public Figure Share => new(Gradable / (double)Total, WilsonInterval.Estimate(Gradable, Total));
}
