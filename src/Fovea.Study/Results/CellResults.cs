using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Study.Results;

/// <summary>Results of cells as files: JSON with names in snake_case, one file a cell in the folder <see cref="FolderName"/> of a study.</summary>
public static class CellResults
{
    /// <summary>The folder of the files, within a study's folder.</summary>
    public const string FolderName = "cells";

    private static readonly JsonSerializerOptions Options = MakeOptions();

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is damaged, cannot be read, or is of another format version.</exception>
    public static CellResult ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            RequireFormat(path, document.RootElement);
            return document.Deserialize<CellResult>(Options) ?? throw new InputException($"{path}: holds null; a cell's result is needed");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new InputException(
                $"{path}: no readable result of a cell ({e.Message.ReplaceLineEndings(" ")}); remove it, 'fovea study run' makes it again", e);
        }
    }

    /// <summary>Reads all files of a study's folder <see cref="FolderName"/>, sorted by name; none when there is no such folder.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <exception cref="InputException">A file is damaged, cannot be read, or is of another format version.</exception>
    public static IReadOnlyList<CellResult> Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var cells = Path.Combine(folder, FolderName);
        return Directory.Exists(cells) ? [.. Directory.GetFiles(cells, "*.json").Order(StringComparer.Ordinal).Select(ReadNamed)] : [];
    }

    // A copy under another name would count a cell twice.
    private static CellResult ReadNamed(string path)
    {
        var result = ReadFile(path);
        return result.Cell == Path.GetFileNameWithoutExtension(path)
            ? result
            : throw new InputException($"{path}: holds the result of the cell {PrintableText.Of(result.Cell)}, whose file is named as that; remove the copy");
    }

    /// <summary>Writes a result as <c>cells/NAME.json</c> of a study's folder, at once or not at all.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="result">What is written; its cell's name is the file's.</param>
    /// <returns>The file's path.</returns>
    public static string Write(string folder, CellResult result)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(result);
        Directory.CreateDirectory(Path.Combine(folder, FolderName));
        var path = Path.Combine(folder, FolderName, result.Cell + ".json");
        AtomicFile.Write(path, stream =>
        {
            JsonSerializer.Serialize(stream, result, Options);
            stream.WriteByte((byte)'\n');
        });
        return path;
    }

    // Before the rest: a later version's file would otherwise be called damaged for a field that it lacks.
    private static void RequireFormat(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || !format.TryGetInt32(out var version))
            throw new InputException($"{path}: has no number \"format\"; a cell's result has format {CellResult.CurrentFormat}");
        if (version != CellResult.CurrentFormat)
            throw new InputException($"{path}: format {version}; this program reads format {CellResult.CurrentFormat}");
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            // A figure may be infinite or not a number, which JSON has no notation for.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
