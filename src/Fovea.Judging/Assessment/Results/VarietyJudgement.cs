using Fovea.Evaluation.Metrics;

namespace Fovea.Judging.Assessment.Results;

/// <summary>Multi-scale structural similarity of pairs: the smaller, the more variety; only the comparison means something.</summary>
/// <param name="Generated">Mean over pairs of generated images.</param>
/// <param name="Real">Mean over as many pairs of real images.</param>
public sealed record VarietyJudgement(PairMean Generated, PairMean Real);
