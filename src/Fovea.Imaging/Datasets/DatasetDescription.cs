using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fovea.Imaging.Datasets;

/// <summary>The contents of dataset.json.</summary>
internal sealed record DatasetDescription
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public const string Fundus = "fundus";

    public const string Any = "any";

    public int FormatVersion { get; init; }

    public string Source { get; init; } = "";

    /// <summary>What the images are: <c>fundus</c> or <c>any</c>. Datasets of earlier versions do not say it.</summary>
    public string Accepted { get; init; } = Fundus;

    public int Count { get; init; }

    public int Size { get; init; }

    public IReadOnlyList<string> ClassNames { get; init; } = [];

    public SortedDictionary<string, int> Splits { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> DiscKinds { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Settings { get; init; } = new(StringComparer.Ordinal);

    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    public IReadOnlyList<DuplicateFile> Duplicates { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Null, and not written, when no filter was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AppliedFilter>? Filters { get; init; }

    public string ContentHash { get; init; } = "";
}
