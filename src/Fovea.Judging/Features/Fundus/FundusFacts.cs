using System.Globalization;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Judging.Provenance;

namespace Fovea.Judging.Features.Fundus;

/// <summary>What is stored with FundusNet's weights.</summary>
public sealed record FundusFacts
{
    private const string Kind = "fundusnet";

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

    /// <summary>What it learnt to tell.</summary>
    public required IReadOnlyList<FundusTask> Tasks { get; init; }

    /// <summary>What it has seen; null when the file does not say.</summary>
    public ImageTraces? Traces { get; init; }

    internal Dictionary<string, string> ToMetadata() => new(Traces?.ToMetadata() ?? new Dictionary<string, string>())
    {
        ["fovea.kind"] = Kind,
        ["fovea.side"] = Side.ToString(CultureInfo.InvariantCulture),
        ["fovea.width"] = Width.ToString(CultureInfo.InvariantCulture),
        ["fovea.steps"] = Steps.ToString(CultureInfo.InvariantCulture),
        ["fovea.finished"] = IsFinished ? "true" : "false",
        ["fovea.dataset"] = Dataset,
        ["fovea.tasks"] = JsonSerializer.Serialize(Tasks),
    };

    internal static FundusFacts FromMetadata(IReadOnlyDictionary<string, string> metadata, string path)
    {
        if (metadata.GetValueOrDefault("fovea.kind") != Kind) throw new InputException($"{path}: does not hold a FundusNet of this program");
        try
        {
            return new FundusFacts
            {
                Side = int.Parse(metadata["fovea.side"], CultureInfo.InvariantCulture),
                Width = int.Parse(metadata["fovea.width"], CultureInfo.InvariantCulture),
                Steps = long.Parse(metadata["fovea.steps"], CultureInfo.InvariantCulture),
                IsFinished = metadata["fovea.finished"] == "true",
                Dataset = metadata["fovea.dataset"],
                Tasks = JsonSerializer.Deserialize<FundusTask[]>(metadata["fovea.tasks"]) ?? throw new FormatException("no tasks"),
                Traces = ImageTraces.FromMetadata(metadata),
            };
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException or JsonException)
        {
            throw new InputException($"{path}: its metadata is damaged ({e.Message})", e);
        }
    }
}
