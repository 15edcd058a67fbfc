using Fovea.Evaluation.Statistics;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Grading;
using Fovea.Judging.Reports.Words;

namespace Fovea.Judging.Reports.Json;

/// <summary>Gradability with the shares and differences that there are.</summary>
internal sealed record GradabilityDocument(
    string Grader,
    string GraderHash,
    int GraderSide,
    bool? IsOutside,
    string OutsideReason,
    GradableDocument Generated,
    GradableDocument Real,
    GradableDocument? Reconstructed,
    ProportionDifference? AgainstReal,
    ProportionDifference? AgainstReconstructed,
    GraderConfusion? Confusion)
{
    public static GradabilityDocument Of(GradabilityJudgement judgement) =>
        new(
            judgement.Grader, judgement.GraderHash, judgement.GraderSide, judgement.IsOutside, judgement.OutsideReason,
            GradableDocument.Of(judgement.Generated), GradableDocument.Of(judgement.Real),
            judgement.Reconstructed is { } reconstructed ? GradableDocument.Of(reconstructed) : null,
            Difference(judgement, "real"), Difference(judgement, "reconstructed"), judgement.Confusion);

    private static ProportionDifference? Difference(GradabilityJudgement judgement, string from) =>
        GradabilityWords.Differences(judgement).Where(difference => difference.From == from)
            .Select(difference => (ProportionDifference?)difference.Difference).FirstOrDefault();
}
