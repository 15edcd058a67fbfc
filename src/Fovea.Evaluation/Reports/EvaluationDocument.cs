using System.Text.Json.Serialization;
using Fovea.Evaluation.Results;
using Fovea.Judges.Grading;
using Fovea.Judges.Images;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Statistics;

namespace Fovea.Evaluation.Reports;

/// <summary>
/// The contents of <c>report.json</c>: what must be known first, then the images, then the figures. What belongs to a kind of images is not there for others.
/// </summary>
internal sealed record EvaluationDocument(
    IReadOnlyList<string> Warnings,
    IReadOnlyDictionary<string, string> Settings,
    double Seconds,
    ImageSetDescription Generated,
    ImageSetDescription Real,
    ImageSetDescription? Training,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GradabilityDocument? Gradability,
    IReadOnlyList<FeatureJudgement> Features,
    VarietyJudgement? Variety,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FundusDocument? Fundus,
    IReadOnlyList<MemorisationDocument> Memorisation,
    DownstreamJudgement? Downstream,
    ClassJudgement? Classes,
    TwoSampleDocument? TwoSample,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MaskJudgement? Masks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SegmenterJudgement? Segmenter,
    IReadOnlyList<Omission> Omissions)
{
    public static EvaluationDocument Of(EvaluationResult result) =>
        new(
            result.Warnings, Named(result.Settings), result.Seconds, result.Generated, result.Real, result.Training,
            result.Gradability is { } gradability ? GradabilityDocument.Of(gradability) : null, result.Features, result.Variety,
            result.Fundus is { } fundus ? FundusDocument.Of(fundus) : null,
            [.. result.Memorisation.Select(MemorisationDocument.Of)], result.Downstream, result.Classes,
            result.TwoSample is { } told ? TwoSampleDocument.Of(told) : null, result.Masks, result.Segmenter, result.Omissions);

    private static OrderedDictionary<string, string> Named(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        OrderedDictionary<string, string> named = [];
        foreach (var (name, value) in settings)
            named[name] = value;
        return named;
    }
}

/// <summary>Named figures without the share of each image.</summary>
internal sealed record FundusDocument(
    IReadOnlyList<FundusFigure> Figures,
    IReadOnlyList<double> GeneratedHues,
    IReadOnlyList<double> RealHues,
    IReadOnlyList<double> GeneratedRadial,
    IReadOnlyList<double> RealRadial)
{
    public static FundusDocument Of(FundusJudgement fundus) =>
        new(fundus.Figures, fundus.GeneratedHues, fundus.RealHues, fundus.GeneratedRadial, fundus.RealRadial);
}

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

/// <summary>A set's grades; without images there is no share.</summary>
internal sealed record GradableDocument(int Images, int Good, int Usable, int Reject, int Gradable, Figure? Share)
{
    public static GradableDocument Of(GradableRate rate) =>
        new(rate.Total, rate.Good, rate.Usable, rate.Reject, rate.Gradable, rate.Total > 0 ? rate.Share : null);
}

/// <summary>Nearness to training images without the distance of each image.</summary>
internal sealed record MemorisationDocument(
    string Space,
    int GeneratedImages,
    int HeldOutImages,
    CopyShare BelowFirst,
    CopyShare BelowFifth,
    ClosestRecords? ClosestRecords,
    MembershipDocument? Membership,
    IReadOnlyList<ClosePair> Closest)
{
    public static MemorisationDocument Of(MemorisationJudgement judgement)
    {
        var report = judgement.Report;
        return new(judgement.Space, report.GeneratedDistances.Count, report.HeldOutDistances.Count, report.BelowFirst, report.BelowFifth, report.Records,
            report.Membership is { Area: { } area } ? new(area.Value, area.Interval, area.Lower, area.Higher) : null, report.Closest);
    }
}

/// <summary>How well training images are told from held-out ones, without the distance of each image.</summary>
internal sealed record MembershipDocument(double Area, Interval Interval, int TrainingImages, int HeldOutImages);

/// <summary>A two-sample test without the odds of each image.</summary>
internal sealed record TwoSampleDocument(int Steps, int Side, bool IsByPerson, TwoSampleAccuracy Generated, TwoSampleAccuracy? Real)
{
    public static TwoSampleDocument Of(TwoSampleJudgement judgement) =>
        new(judgement.Steps, judgement.Side, judgement.IsByPerson, judgement.Generated, judgement.Real);
}
