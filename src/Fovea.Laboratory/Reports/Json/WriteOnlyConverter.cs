using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fovea.Laboratory.Reports.Json;

/// <summary>A converter of reports, which are written and never read back by this program.</summary>
internal abstract class WriteOnlyConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}
