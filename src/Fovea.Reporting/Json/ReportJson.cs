using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Fovea.Core.Files;

namespace Fovea.Reporting.Json;

/// <summary>
/// Results as JSON: names in snake_case in the order of the records, numbers exact, lists of numbers on a line. An infinite number is the
/// string "Infinity", as JSON has none; null is a figure that there is none of.
/// </summary>
public sealed class ReportJson
{
    private readonly JsonSerializerOptions _options;

    /// <summary>JSON of one kind of report.</summary>
    /// <param name="converters">Those of its own types; they come before the general ones.</param>
    public ReportJson(params IEnumerable<JsonConverter> converters)
    {
        _options = new()
        {
            WriteIndented = true,
            NewLine = "\n",
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        };
        JsonConverter[] general =
            [new NumberConverter(), new ListConverter<double>(), new ListConverter<int>(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower)];
        foreach (var converter in converters.Concat(general))
            _options.Converters.Add(converter);
        _options.MakeReadOnly(populateMissingResolver: true);
    }

    /// <summary>Writes a document, at once or not at all.</summary>
    public void Write<T>(string path, T document) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, document, _options);
        stream.WriteByte((byte)'\n');
    });

    /// <summary>A document as text, without a line feed at the end.</summary>
    public string Text<T>(T document) => JsonSerializer.Serialize(document, _options);
}
