using Fovea.Evaluation.Metrics;
using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Reports.Json;

/// <summary>Nearness to training images without the distance of each image.</summary>
internal sealed record MemorisationDocument(
    string Space, int GeneratedImages, int HeldOutImages, CopyShare BelowFirst, CopyShare BelowFifth, IReadOnlyList<ClosePair> Closest)
{
    public static MemorisationDocument Of(MemorisationJudgement judgement)
    {
        var report = judgement.Report;
        return new(judgement.Space, report.GeneratedDistances.Count, report.HeldOutDistances.Count, report.BelowFirst, report.BelowFifth, report.Closest);
    }
}
