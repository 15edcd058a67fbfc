using System.Text.Json;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Reporting;

namespace Fovea.Laboratory.Reports;

/// <summary>The JSON of analyses and comparisons.</summary>
internal static class ComparisonJson
{
    public static ReportJson Format { get; } = new(new AnsatzConverter(), new EncodingConverter(), new EstimateConverter());
}

/// <summary>The contents of <c>comparison.json</c>: settings first, then what was compared, then the figures.</summary>
internal sealed record ComparisonDocument(
    string Encoding,
    bool Reupload,
    ulong Seed,
    double Seconds,
    IReadOnlyList<Ansatz> Ansaetze,
    IReadOnlyList<GradientDecay> Decays,
    IReadOnlyList<AnsatzAnalysis> Cells)
{
    public static ComparisonDocument Of(ComparisonView view)
    {
        var comparison = view.Comparison;
        return new(
            comparison.Encoding, comparison.Reupload, comparison.Seed, comparison.Seconds, [.. view.Ansaetze.Select(entry => entry.Ansatz)],
            comparison.Decays, view.Cells);
    }
}

/// <summary>An ansatz by name: its gates are declared elsewhere, and a report should not repeat them in every analysis.</summary>
internal sealed class AnsatzConverter : WriteOnlyConverter<Ansatz>
{
    public override void Write(Utf8JsonWriter writer, Ansatz value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name", value.Name);
        writer.WriteString("status", AnsatzLabel.Status(value));
        writer.WriteString("description", value.Description);
        writer.WriteEndObject();
    }
}

/// <summary>An encoding by its name in settings.</summary>
internal sealed class EncodingConverter : WriteOnlyConverter<InputEncoding>
{
    public override void Write(Utf8JsonWriter writer, InputEncoding value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}

/// <summary>An estimate without what follows from its members.</summary>
internal sealed class EstimateConverter : WriteOnlyConverter<Estimate>
{
    private readonly NumberConverter _number = new();

    public override void Write(Utf8JsonWriter writer, Estimate value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("value");
        _number.Write(writer, value.Value, options);
        writer.WritePropertyName("standard_error");
        _number.Write(writer, value.StandardError, options);
        writer.WriteNumber("samples", value.Samples);
        writer.WriteEndObject();
    }
}
