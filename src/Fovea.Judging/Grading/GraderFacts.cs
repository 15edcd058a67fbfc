using System.Text.Json;
using Fovea.Judging.Provenance;

namespace Fovea.Judging.Grading;

/// <summary>What is stored with a grader's weights.</summary>
/// <param name="Judge">What is stored with those of any judge.</param>
/// <param name="Confusion">Its verdicts on held-out images, of these very weights; null before they are measured, and in older files.</param>
public sealed record GraderFacts(JudgeFacts Judge, GraderConfusion? Confusion = null)
{
    private const string Kind = "grader";
    private const string ConfusionKey = "fovea.confusion";

    /// <summary>What it has learnt from; null when the file does not say.</summary>
    public ImageTraces? Traces => Judge.Traces;

    internal Dictionary<string, string> ToMetadata()
    {
        var metadata = Judge.ToMetadata(Kind);
        if (Confusion is not null) metadata[ConfusionKey] = JsonSerializer.Serialize(Confusion);
        return metadata;
    }

    internal static GraderFacts FromMetadata(IReadOnlyDictionary<string, string> metadata, string path) => JudgeFacts.FromMetadata(
        metadata, path, (Kind, "a grader"),
        judge => new GraderFacts(judge, metadata.TryGetValue(ConfusionKey, out var confusion) ? JsonSerializer.Deserialize<GraderConfusion>(confusion) : null));
}
