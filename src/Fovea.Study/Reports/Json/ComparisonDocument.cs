using Fovea.Evaluation.Statistics;
using Fovea.Study.Analysis;

namespace Fovea.Study.Reports.Json;

/// <summary>A comparison for programs.</summary>
internal sealed record ComparisonDocument(
    string Metric, string Network, string Name, MetricDirection Direction, string Size, IReadOnlyList<int> Seeds, IReadOnlyList<double> ArmValues,
    IReadOnlyList<double> AgainstValues, double Difference, double? Low, double? High, IntervalMethod Interval, double? ImageNoise, double? PStudent,
    double? PHolm, double? PWilcoxon, double? PWilcoxonSmallest, double? EffectDz, double? RankBiserial, Verdict Verdict)
{
    public static ComparisonDocument Of(PairedComparison comparison) => new(
        comparison.Metric.Key, comparison.Metric.Network, comparison.Metric.Name, comparison.Metric.Direction, comparison.Size, comparison.Seeds, comparison.ArmValues,
        comparison.AgainstValues, comparison.Difference, comparison.Interval?.Low, comparison.Interval?.High, comparison.Method, comparison.ImageNoise, comparison.PValue,
        comparison.HolmPValue, comparison.SignedRank?.PValue,
        comparison.SignedRank is { } test ? SignedRankTest.SmallestPValue(test.Pairs) : null, comparison.EffectSize, comparison.SignedRank?.RankBiserial, comparison.Verdict);
}
