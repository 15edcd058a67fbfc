using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Fovea.Core.Files;

namespace Fovea.Reporting;

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

/// <summary>A list of numbers on one line: indented one a line, the pairs of a large circuit would fill thousands.</summary>
/// <typeparam name="T">Their type.</typeparam>
public sealed class ListConverter<T> : WriteOnlyConverter<IReadOnlyList<T>>
    where T : struct, INumber<T>
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder("[");
        foreach (var item in value)
            text.Append(text.Length > 1 ? ", " : "").Append(Item(double.CreateChecked(item)));
        writer.WriteRawValue(text.Append(']').ToString(), skipInputValidation: true);
    }

    private static string Item(double value) =>
        double.IsFinite(value) ? Figures.Exact(value) : double.IsNaN(value) ? "null" : $"\"{Figures.Exact(value)}\"";
}

/// <summary>Numbers that JSON has no notation for: NaN is null, an infinite one a string.</summary>
public sealed class NumberConverter : WriteOnlyConverter<double>
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else if (double.IsNaN(value))
            writer.WriteNullValue();
        else
            writer.WriteStringValue(Figures.Exact(value));
    }
}

/// <summary>A converter of reports, which are written and never read back by this program.</summary>
/// <typeparam name="T">What it writes.</typeparam>
public abstract class WriteOnlyConverter<T> : JsonConverter<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}
