using System.Globalization;
using System.Text.Json;
using Fovea.Core.Errors;

namespace Fovea.Judges.Provenance;

/// <summary>What is stored with the weights of every judge.</summary>
public sealed record JudgeMetadata
{
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

    /// <summary>The entries of a file's metadata.</summary>
    /// <param name="kind">What tells this sort of judge from others.</param>
    internal Dictionary<string, string> ToMetadata(string kind) => new(Traces?.ToMetadata() ?? new Dictionary<string, string>())
    {
        ["fovea.kind"] = kind,
        ["fovea.side"] = Side.ToString(CultureInfo.InvariantCulture),
        ["fovea.width"] = Width.ToString(CultureInfo.InvariantCulture),
        ["fovea.steps"] = Steps.ToString(CultureInfo.InvariantCulture),
        ["fovea.finished"] = IsFinished ? "true" : "false",
        ["fovea.dataset"] = Dataset,
    };

    /// <summary>Reads them, and what a sort of judge adds to them.</summary>
    /// <param name="metadata">The file's metadata.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="judge">The kind that is wanted, and what it is called in a sentence.</param>
    /// <param name="complete">Adds what is this sort's own; may fail as parsing does.</param>
    /// <exception cref="InputException">The file holds something else, or an entry is missing or damaged.</exception>
    internal static T FromMetadata<T>(
        IReadOnlyDictionary<string, string> metadata, string path, (string Kind, string Called) judge, Func<JudgeMetadata, T> complete)
    {
        if (metadata.GetValueOrDefault("fovea.kind") != judge.Kind) throw new InputException($"{path}: does not hold {judge.Called} of this program");
        try
        {
            return complete(new JudgeMetadata
            {
                Side = Number(metadata, "fovea.side", side => side is >= 16 and <= 4096 && int.IsPow2(side), "a power of two from 16 to 4096"),
                Width = Number(metadata, "fovea.width", width => width is > 0 and <= 1024 && width % 8 == 0, "a multiple of 8 up to 1024"),
                Steps = Number(metadata, "fovea.steps", steps => steps >= 0, "0 and above"),
                IsFinished = Entry(metadata, "fovea.finished") == "true",
                Dataset = Entry(metadata, "fovea.dataset"),
                Traces = ImageTraces.FromMetadata(metadata),
            });
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException or JsonException)
        {
            throw new InputException($"{path}: its metadata is damaged ({e.Message})", e);
        }
    }

    private static int Number(IReadOnlyDictionary<string, string> metadata, string key, Predicate<int> isAllowed, string allowed) =>
        int.TryParse(Entry(metadata, key), CultureInfo.InvariantCulture, out var number) && isAllowed(number) ? number
        : throw new FormatException($"{key} = {metadata[key]} is not allowed; allowed: {allowed}");

    /// <summary>An entry that must be there; a <see cref="FormatException"/> says that it is not.</summary>
    internal static string Entry(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.GetValueOrDefault(key) ?? throw new FormatException($"{key} is missing");
}
