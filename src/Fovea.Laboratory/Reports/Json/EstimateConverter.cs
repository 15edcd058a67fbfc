using System.Text.Json;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Json;

namespace Fovea.Laboratory.Reports.Json;

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
