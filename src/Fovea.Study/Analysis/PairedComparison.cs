using Fovea.Evaluation.Statistics;

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
