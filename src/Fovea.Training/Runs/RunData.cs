using System.Text.Json;
using System.Text.Json.Serialization;
using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Training.Runs;

/// <summary>What a run is trained on and began with: <c>data.json</c> of its folder.</summary>
public sealed record RunData
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Hash of the dataset's images and labels.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Side of its images in pixels.</summary>
    public int Size { get; init; }

    /// <summary>Its images, of all parts.</summary>
    public int Count { get; init; }

    /// <summary>Names of its classes.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Hash of its masks; null for a run that is not told masks.</summary>
    public string? MaskHash { get; init; }

    /// <summary>The run whose weights it began with; null for random ones.</summary>
    public InitialRun? Init { get; init; }

    /// <summary>The record of a run; null where there is none, as in a folder that nothing was trained in.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static RunData? Read(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!File.Exists(folder.Data)) return null;
        try
        {
            return JsonSerializer.Deserialize<RunData>(File.ReadAllBytes(folder.Data), s_json) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"{folder.Data}: is damaged ({e.Message.ReplaceLineEndings(" ")}); it says which dataset the run was started with: "
                    + $"put it back or choose another {new NamedInput("Output")}",
                e);
        }
    }

    /// <summary>Writes the record into a folder.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, s_json));

    /// <summary>The same for other people's eyes: of the other run its name alone, as its path may hold that of a user or of a patient.</summary>
    public RunData WithoutPaths() => this with
    {
        Init = Init is null ? null : Init with { Run = Path.GetFileName(Path.TrimEndingDirectorySeparator(Init.Run)) },
    };
}

/// <summary>The run whose weights another began with.</summary>
/// <param name="Run">Its folder, or the name of a pretrained one.</param>
/// <param name="Autoencoder">Hash of the autoencoder's file.</param>
/// <param name="Denoiser">Hash of the denoiser's; null where that was not taken.</param>
/// <param name="Dataset">Hash of the dataset that it was trained on; null where it does not say.</param>
public sealed record InitialRun(string Run, string Autoencoder, string? Denoiser, string? Dataset);
