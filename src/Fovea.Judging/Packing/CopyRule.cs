using Fovea.Core.Errors;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Words;

namespace Fovea.Judging.Packing;

/// <summary>
/// A model is handed on unless a larger share of its images lies near a training image than of held-out photographs: a retina
/// identifies a person. Near is what about 5 % of the held-out photographs are, by each feature network and by pixels. A larger share is one whose
/// interval lies above the share that a generator has on average that copies nothing. Of such generators at most 5 % are refused, by all spaces together.
/// </summary>
internal static class CopyRule
{
    // Well below 5 %, so that 200 simulated generators do not pass 5 % by chance.
    private const double MostRefused = 0.02;

    /// <summary>Refuses a model that breaks the rule in one of the spaces.</summary>
    /// <exception cref="InputException">It does.</exception>
    public static void Require(string run, IReadOnlyList<MemorisationJudgement> judgements)
    {
        if (judgements.Count == 0) throw new InvalidOperationException("nearness to training images was not measured");
        var confidence = 1 - (2 * MostRefused / Math.Max(judgements.Count, 2));
        foreach (var (space, report) in judgements)
        {
            var near = report.BelowFifth;
            var interval = near.IntervalAt(confidence);
            if (interval.Low > near.Expected)
                throw new InputException($"{run}: is not packed, its images may be copies: by {space} {Numbers.Share(near.Share, interval)} of {near.Total} are as near to a training image as {Numbers.Percentile(near.Expected)} of held-out photographs; allowed: an interval that holds {Numbers.Percentile(near.Expected)} or lies below it");
        }
    }
}
