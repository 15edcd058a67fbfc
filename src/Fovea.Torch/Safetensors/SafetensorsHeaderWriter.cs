using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Torch.Safetensors;

/// <summary>Writes the length and the header, padded with spaces to a multiple of eight bytes.</summary>
internal static class SafetensorsHeaderWriter
{
    // Text in the metadata stays readable; nothing here ends up in a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Write(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var begin = 0L;
            foreach (var (name, tensor) in tensors) begin = WriteEntry(json, name, tensor, begin);
            json.WriteEndObject();
        }

        var length = (buffer.WrittenCount + 7) / 8 * 8;
        if (length > SafetensorsHeaderParser.MaximalHeaderLength || tensors.Count > SafetensorsHeaderParser.MaximalEntries)
            throw new ArgumentException($"{tensors.Count} tensors with a header of {length} bytes are over the format's limits", nameof(tensors));
        var bytes = new byte[8 + length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        buffer.WrittenSpan.CopyTo(bytes.AsSpan(8));
        bytes.AsSpan(8 + buffer.WrittenCount).Fill((byte)' ');
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null || metadata.Count == 0) return;
        json.WriteStartObject("__metadata__");
        foreach (var (key, text) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal)) json.WriteString(key, text);
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long begin)
    {
        if (name == "__metadata__") throw new ArgumentException("a tensor cannot have the name __metadata__", nameof(name));
        var end = begin + tensor.numel() * ElementTypes.SizeOf(tensor.dtype);
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.dtype));
        json.WriteStartArray("shape");
        foreach (var size in tensor.shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
