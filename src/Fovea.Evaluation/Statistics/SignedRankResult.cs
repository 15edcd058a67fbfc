namespace Fovea.Evaluation.Statistics;

/// <summary>What <see cref="SignedRankTest"/> finds.</summary>
/// <param name="PositiveRanks">Sum of the ranks of positive differences, W⁺.</param>
/// <param name="Pairs">Pairs that differ; equal ones are left out.</param>
/// <param name="PValue">Two-sided; 1 when no pair differs.</param>
/// <param name="IsExact">Whether it comes from the exact distribution or from the normal approximation.</param>
/// <param name="RankBiserial">Effect size −1 to 1: the share of ranks that are positive less that of negative ones (Kerby 2014).</param>
public readonly record struct SignedRankResult(double PositiveRanks, int Pairs, double PValue, bool IsExact, double RankBiserial);
