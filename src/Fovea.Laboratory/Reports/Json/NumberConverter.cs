using System.Text.Json;
using Fovea.Laboratory.Reports.Words;

namespace Fovea.Laboratory.Reports.Json;

/// <summary>Numbers that JSON has no notation for: NaN is null, an infinite one a string.</summary>
internal sealed class NumberConverter : WriteOnlyConverter<double>
{
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else if (double.IsNaN(value))
            writer.WriteNullValue();
        else
            writer.WriteStringValue(Figures.Exact(value));
    }
}
