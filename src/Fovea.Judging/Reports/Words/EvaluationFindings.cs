using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Words;

/// <summary>What the numbers say, in sentences made by fixed rules.</summary>
internal static class EvaluationFindings
{
    public static IReadOnlyList<string> Of(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            .. result.Gradability is { } gradability ? GradabilityWords.Sentences(gradability) : ["Gradability was not measured."],
            .. result.Features.SelectMany(FidelityWords.Sentences),
            .. FundusWords.Sentences(result.Fundus),
            .. result.Memorisation.Count > 0
                ? result.Memorisation.Select(MemorisationWords.Sentence)
                : ["Whether the generator copies its training images was not measured."],
            .. result.Downstream is { } downstream ? DownstreamWords.Sentences(downstream) : [],
            .. result.Omissions.Count > 0 ? [$"Not measured: {Phrases.Join([.. result.Omissions.Select(omission => omission.What)])}."] : Array.Empty<string>(),
        ];
    }
}
