using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fovea.Imaging.Framing;

namespace Fovea.Imaging.Datasets;

/// <summary>The contents of dataset.json.</summary>
internal sealed record DatasetDescription
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // By name: in programs of one file (dotnet run program.cs) reading types by reflection is off by default.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public const string Fundus = "fundus";

    public const string Any = "any";

    public int FormatVersion { get; init; }

    public string Source { get; init; } = "";

    /// <summary>What the images are: <c>fundus</c> or <c>any</c>. Datasets of earlier versions do not say it.</summary>
    public string Accepted { get; init; } = Fundus;

    /// <summary>How squares were found; null, and not written, for the disc of fundus photographs and in datasets of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Framing { get; init; }

    public int Count { get; init; }

    public int Size { get; init; }

    public IReadOnlyList<string> ClassNames { get; init; } = [];

    public SortedDictionary<string, int> Splits { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Null, and not written, where no image has a disc.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, int>? DiscKinds { get; init; }

    public SortedDictionary<string, string> Settings { get; init; } = new(StringComparer.Ordinal);

    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    public IReadOnlyList<DuplicateFile> Duplicates { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Null, and not written, when no filter was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AppliedFilter>? Filters { get; init; }

    /// <summary>Null, and not written, when there was nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PassedOverCount>? PassedOver { get; init; }

    public string ContentHash { get; init; } = "";

    /// <summary>The classes of the masks; null, and not written, in a dataset without masks. So are the two below.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? MaskNames { get; init; }

    /// <summary>Images that have no masks; null where all have.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? WithoutMasks { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MaskHash { get; init; }
}

/// <summary>A filter that left source files out of a dataset.</summary>
/// <param name="Option">The option that asked for it: <c>where</c> or <c>apart-from</c>.</param>
/// <param name="Value">The conditions, or the other dataset's folder without the path to it.</param>
/// <param name="LeftOut">Source files that are not in the dataset for it.</param>
/// <param name="ContentHash">The other dataset's content hash; null for conditions.</param>
public sealed record AppliedFilter(
    string Option, string Value, int LeftOut, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ContentHash = null);

/// <summary>What a dataset says of itself beside its images and its manifest; written to dataset.json.</summary>
public sealed record DatasetSummary
{
    /// <summary>Where the images come from: <c>photographs</c>, <c>medmnist</c>, <c>phantom</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Class names in the order of the labels; empty for a dataset without classes.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Whether the images are fundus photographs or drawn like them, for which judges of such images were made.</summary>
    public bool IsFundus { get; init; } = true;

    /// <summary>How the square of each image was found.</summary>
    public FramingKind Framing { get; init; }

    /// <summary>The settings that made the dataset, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Source files that gave no image.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    /// <summary>Source files that were dropped as copies of earlier ones.</summary>
    public IReadOnlyList<DuplicateFile> Duplicates { get; init; } = [];

    /// <summary>What the user should look at, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Files of the source folder that are no pictures, counted by what they are.</summary>
    public IReadOnlyList<PassedOverCount> PassedOver { get; init; } = [];

    /// <summary>The filters that left photographs out; empty when none was asked for.</summary>
    public IReadOnlyList<AppliedFilter> Filters { get; init; } = [];
}

/// <summary>A source file that was dropped because an earlier one is the same.</summary>
/// <param name="File">The dropped file, relative to the source.</param>
/// <param name="KeptFile">The file that is the same and was kept.</param>
/// <param name="Match">What is the same: <c>bytes</c> of the files or decoded <c>pixels</c>.</param>
/// <param name="Patient">The patient that is given for the dropped file; null when not known.</param>
public sealed record DuplicateFile(
    string File, string KeptFile, string Match, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Patient = null);

/// <summary>A source file that gave no image.</summary>
/// <param name="File">The path relative to the source.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record SkippedFile(string File, string Reason);

/// <summary>Files of a source folder that are no pictures, of one kind.</summary>
/// <param name="Reason">What they are: the extension of a type that is not read, documents, hidden files and so on.</param>
/// <param name="Count">How many.</param>
public sealed record PassedOverCount(string Reason, int Count);
