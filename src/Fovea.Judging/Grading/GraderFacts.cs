using System.Globalization;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Judging.Provenance;

namespace Fovea.Judging.Grading;

/// <summary>What is stored with a grader's weights.</summary>
public sealed record GraderFacts
{
    private const string Kind = "grader";
    private const string ConfusionKey = "fovea.confusion";

    /// <summary>Side of the images in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>Channels of the first layer.</summary>
    public required int Width { get; init; }

    /// <summary>Training steps done.</summary>
    public required long Steps { get; init; }

    /// <summary>Whether training ran to its end.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>Content hash of the dataset that it was trained on.</summary>
    public required string Dataset { get; init; }

    /// <summary>What it has learnt from; null when the file does not say.</summary>
    public ImageTraces? Traces { get; init; }

    /// <summary>Its verdicts on held-out images, of these very weights; null before they are measured, and in older files.</summary>
    public GraderConfusion? Confusion { get; init; }

    internal Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>(Traces?.ToMetadata() ?? new Dictionary<string, string>())
        {
            ["fovea.kind"] = Kind,
            ["fovea.side"] = Side.ToString(CultureInfo.InvariantCulture),
            ["fovea.width"] = Width.ToString(CultureInfo.InvariantCulture),
            ["fovea.steps"] = Steps.ToString(CultureInfo.InvariantCulture),
            ["fovea.finished"] = IsFinished ? "true" : "false",
            ["fovea.dataset"] = Dataset,
        };
        if (Confusion is not null) metadata[ConfusionKey] = JsonSerializer.Serialize(Confusion);
        return metadata;
    }

    internal static GraderFacts FromMetadata(IReadOnlyDictionary<string, string> metadata, string path)
    {
        if (metadata.GetValueOrDefault("fovea.kind") != Kind) throw new InputException($"{path}: does not hold a grader of this program");
        try
        {
            return new GraderFacts
            {
                Side = int.Parse(metadata["fovea.side"], CultureInfo.InvariantCulture),
                Width = int.Parse(metadata["fovea.width"], CultureInfo.InvariantCulture),
                Steps = long.Parse(metadata["fovea.steps"], CultureInfo.InvariantCulture),
                IsFinished = metadata["fovea.finished"] == "true",
                Dataset = metadata["fovea.dataset"],
                Traces = ImageTraces.FromMetadata(metadata),
                Confusion = metadata.TryGetValue(ConfusionKey, out var confusion) ? JsonSerializer.Deserialize<GraderConfusion>(confusion) : null,
            };
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException or JsonException)
        {
            throw new InputException($"{path}: its metadata is damaged ({e.Message})", e);
        }
    }
}
