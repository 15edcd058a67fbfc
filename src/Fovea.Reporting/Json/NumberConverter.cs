using System.Text.Json;
using Fovea.Reporting.Words;

namespace Fovea.Reporting.Json;

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
