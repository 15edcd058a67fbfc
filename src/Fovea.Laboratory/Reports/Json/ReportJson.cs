using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Fovea.Core.Files;

namespace Fovea.Laboratory.Reports.Json;

/// <summary>
/// Results as JSON: names in snake_case in the order of the records, numbers exact, lists of numbers on a line. An infinite number is the
/// string "Infinity", as JSON has none; null is a figure that there is none of.
/// </summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = Frozen();

    public static void Write<T>(string path, T document) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, document, Options);
        stream.WriteByte((byte)'\n');
    });

    public static string Text<T>(T document) => JsonSerializer.Serialize(document, Options);

    private static JsonSerializerOptions Frozen()
    {
        var options = new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters =
            {
                new AnsatzConverter(), new EncodingConverter(), new EstimateConverter(), new NumberConverter(), new ListConverter<double>(),
                new ListConverter<int>(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
