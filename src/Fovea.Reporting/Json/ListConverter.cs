using System.Numerics;
using System.Text;
using System.Text.Json;
using Fovea.Reporting.Words;

namespace Fovea.Reporting.Json;

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
