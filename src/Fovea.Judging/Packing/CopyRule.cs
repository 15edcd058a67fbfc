using Fovea.Core.Errors;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Words;

namespace Fovea.Judging.Packing;

/// <summary>
/// A model is handed on only if no larger share of its images lies near a training image than of held-out photographs: a retina
/// identifies a person. Near is what 5 % of the held-out photographs are, by each feature network and by pixels.
/// </summary>
internal static class CopyRule
{
    /// <summary>Refuses a model that breaks the rule in one of the spaces.</summary>
    /// <exception cref="InputException">It does.</exception>
    public static void Require(string run, IReadOnlyList<MemorisationJudgement> judgements)
    {
        if (judgements.Count == 0) throw new InvalidOperationException("nearness to training images was not measured");
        foreach (var (space, report) in judgements)
        {
            var near = report.BelowFifth;
            if (near.Share > near.Percentile)
                throw new InputException($"{run}: is not packed, its images may be copies: by {space} {MemorisationWords.Share(near)} of {report.GeneratedDistances.Count} are as near to a training image as {Numbers.Percentile(near.Percentile)} of held-out photographs; allowed: {Numbers.Percentile(near.Percentile)} at most");
        }
    }
}
