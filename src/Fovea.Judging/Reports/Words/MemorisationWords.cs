using Fovea.Evaluation.Metrics;
using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Reports.Words;

/// <summary>What nearness to training images says.</summary>
internal static class MemorisationWords
{
    public static string Share(CopyShare share) => Numbers.Share(share.Share, share.Interval);

    /// <summary>By the nearest 5 %: of the nearest 1 % there are hardly enough images to tell.</summary>
    public static string Sentence(MemorisationJudgement judgement)
    {
        var share = judgement.Report.BelowFifth;
        var expected = Numbers.Percentile(share.Expected);
        var found = $"By {judgement.Space}, {Share(share)} of the generated images lie as near to a training image as {expected} of the held-out ones do";
        return share.Interval.Contains(share.Expected)
            ? $"{found}: no measurable difference from a generator that copies nothing."
            : share.Interval.Low > share.Expected
                ? $"{found}: more than of a generator that copies nothing. Look at the nearest pairs."
                : $"{found}: fewer than of a generator that copies nothing, as of images unlike all real ones.";
    }
}
