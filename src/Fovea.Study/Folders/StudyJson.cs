using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Study.Folders;

/// <summary>The JSON of a study's small files.</summary>
internal static class StudyJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // The loss of a try that diverged.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        // What is valid JSON of another shape is damaged, too.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static void Write<T>(string path, T document)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, Text(document) + "\n");
    }

    public static string Text<T>(T document) => JsonSerializer.Serialize(document, Options);

    /// <summary>Reads a file, or null when there is none.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static T? Read<T>(string path) where T : class
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: is damaged ({e.Message.ReplaceLineEndings(" ")}); delete it, what it held is made again", e);
        }
    }
}
