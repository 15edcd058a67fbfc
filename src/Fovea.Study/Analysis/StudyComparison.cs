using Fovea.Study.Definitions;

namespace Fovea.Study.Analysis;

/// <summary>A question of the study with all its comparisons.</summary>
/// <param name="Question">The question.</param>
/// <param name="Comparisons">Size after size, metric after metric.</param>
/// <param name="LeftOut">What could not be compared.</param>
public sealed record StudyComparison(StudyQuestion Question, IReadOnlyList<PairedComparison> Comparisons, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>Comparisons that have a p-value: the family of Holm's adjustment.</summary>
    public int Family => Comparisons.Count(comparison => comparison.PValue is not null);
}
