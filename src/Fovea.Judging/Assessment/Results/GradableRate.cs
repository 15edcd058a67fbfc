using Fovea.Evaluation.Statistics;

namespace Fovea.Judging.Assessment.Results;

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
    public Figure Share => new(Gradable / (double)Total, WilsonInterval.Of(Gradable, Total));
}
