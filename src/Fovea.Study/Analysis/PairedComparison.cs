using Fovea.Metrics.Statistics;
using Fovea.Study.Definitions;

namespace Fovea.Study.Analysis;

/// <summary>Two arms compared by one metric at one training size. Differences are arm less against, in the metric's own unit.</summary>
public sealed record PairedComparison
{
    /// <summary>The metric.</summary>
    public required MetricKind Metric { get; init; }

    /// <summary>The training size, by name.</summary>
    public required string Size { get; init; }

    /// <summary>The arm asked about.</summary>
    public required string Arm { get; init; }

    /// <summary>The arm that it is compared with.</summary>
    public required string Against { get; init; }

    /// <summary>Seeds that both arms have, in order; of figures that several seeds share, the first.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Values of the arm, a seed each.</summary>
    public required IReadOnlyList<double> ArmValues { get; init; }

    /// <summary>Values of the other, seed by seed.</summary>
    public required IReadOnlyList<double> AgainstValues { get; init; }

    /// <summary>Mean difference.</summary>
    public required double Difference { get; init; }

    /// <summary>Its 95 % interval; null where there is none.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Where the interval comes from.</summary>
    public IntervalMethod Method { get; init; }

    /// <summary>
    /// Half the width of a 95 % interval that images alone give to the difference of one pair of cells: both cells' half-widths in quadrature, as if
    /// independent. Null where the cells have none.
    /// </summary>
    public double? ImageNoise { get; init; }

    /// <summary>Two-sided p-value of Student's test over the differences of seeds; null below two seeds.</summary>
    public double? PValue { get; init; }

    /// <summary>The same, adjusted for all comparisons of the question (Holm).</summary>
    public double? HolmPValue { get; init; }

    /// <summary>Wilcoxon's signed-rank test over seeds; null below two seeds.</summary>
    public SignedRankResult? SignedRank { get; init; }

    /// <summary>Mean difference in standard deviations of the differences of seeds (Cohen's d_z); null below two seeds.</summary>
    public double? EffectSize { get; init; }

    /// <summary>What follows.</summary>
    public Verdict Verdict => Interval switch
    {
        not { } => Verdict.Unknown,
        { Low: <= 0, High: >= 0 } => Verdict.NoMeasurableDifference,
        { Low: > 0 } => Metric.Direction switch { MetricDirection.Higher => Verdict.Better, MetricDirection.Lower => Verdict.Worse, _ => Verdict.Higher },
        _ => Metric.Direction switch { MetricDirection.Higher => Verdict.Worse, MetricDirection.Lower => Verdict.Better, _ => Verdict.Lower },
    };
}

/// <summary>Where the interval of a difference comes from.</summary>
public enum IntervalMethod
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The bootstrap over seeds and images.</summary>
    SeedsAndImages,

    /// <summary>Student's t distribution over the differences of seeds.</summary>
    Seeds,

    /// <summary>Images alone, with one training of each arm: what another seed would give is not known.</summary>
    Images,
}

/// <summary>What a comparison says of the arm asked about.</summary>
public enum Verdict
{
    /// <summary>There is no interval, so that nothing can be said.</summary>
    Unknown,

    /// <summary>The interval of the difference holds 0.</summary>
    NoMeasurableDifference,

    /// <summary>The interval excludes 0 on the better side of the metric.</summary>
    Better,

    /// <summary>The interval excludes 0 on the worse side.</summary>
    Worse,

    /// <summary>The interval is above 0, of a metric that has no better side.</summary>
    Higher,

    /// <summary>The interval is below 0, of such a metric.</summary>
    Lower,
}

/// <summary>A question of the study with all its comparisons.</summary>
/// <param name="Question">The question.</param>
/// <param name="Comparisons">Size after size, metric after metric.</param>
/// <param name="LeftOut">What could not be compared.</param>
public sealed record StudyComparison(StudyQuestion Question, IReadOnlyList<PairedComparison> Comparisons, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>Comparisons that have a p-value: the family of Holm's adjustment.</summary>
    public int Family => Comparisons.Count(comparison => comparison.PValue is not null);
}
