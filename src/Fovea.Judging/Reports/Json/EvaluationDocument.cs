using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Reports.Json;

/// <summary>The contents of <c>report.json</c>: what must be known first, then the images, then the figures.</summary>
internal sealed record EvaluationDocument(
    IReadOnlyList<string> Warnings,
    IReadOnlyDictionary<string, string> Settings,
    double Seconds,
    ImageSetFacts Generated,
    ImageSetFacts Real,
    ImageSetFacts? Training,
    GradabilityDocument? Gradability,
    IReadOnlyList<FeatureJudgement> Features,
    VarietyJudgement? Variety,
    FundusDocument Fundus,
    IReadOnlyList<MemorisationDocument> Memorisation,
    DownstreamJudgement? Downstream,
    IReadOnlyList<Omission> Omissions)
{
    public static EvaluationDocument Of(EvaluationResult result) =>
        new(
            result.Warnings, Named(result.Settings), result.Seconds, result.Generated, result.Real, result.Training,
            result.Gradability is { } gradability ? GradabilityDocument.Of(gradability) : null, result.Features, result.Variety,
            FundusDocument.Of(result.Fundus), [.. result.Memorisation.Select(MemorisationDocument.Of)], result.Downstream, result.Omissions);

    private static OrderedDictionary<string, string> Named(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        OrderedDictionary<string, string> named = [];
        foreach (var (name, value) in settings)
            named[name] = value;
        return named;
    }
}
