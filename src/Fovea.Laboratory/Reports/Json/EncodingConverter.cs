using System.Text.Json;
using Fovea.Quantum.Ansaetze;
using Fovea.Reporting.Json;

namespace Fovea.Laboratory.Reports.Json;

/// <summary>An encoding by its name in settings.</summary>
internal sealed class EncodingConverter : WriteOnlyConverter<InputEncoding>
{
    public override void Write(Utf8JsonWriter writer, InputEncoding value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}
