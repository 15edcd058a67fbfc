using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fovea.Reporting.Json;

/// <summary>A converter of reports, which are written and never read back by this program.</summary>
/// <typeparam name="T">What it writes.</typeparam>
public abstract class WriteOnlyConverter<T> : JsonConverter<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}
