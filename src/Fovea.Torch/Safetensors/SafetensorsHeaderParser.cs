using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Torch.Safetensors;

/// <summary>
/// Reads and checks a header that may come from anywhere: after it, every entry's bytes lie inside the file and fit its shape.
/// Every failure is an <see cref="InputException"/>.
/// </summary>
internal sealed class SafetensorsHeaderParser(string path)
{
    internal const int MaximalHeaderLength = 100_000_000;
    internal const int MaximalEntries = 100_000;
    internal const int MaximalRank = 16;

    // Of names in messages: tensors are named by their whole paths.
    internal const int LongestName = 100;

    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _metadata;

    internal SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (json.IsEmpty || json[0] != '{') throw Bad("the header does not start with '{'");
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        try
        {
            reader.Read();
            while (Next(ref reader, JsonTokenType.EndObject)) ParseProperty(ref reader);
            if (reader.Read()) throw Bad("the header holds more than one JSON object");
        }
        catch (JsonException e)
        {
            throw Bad($"the header is not valid JSON, or nested too deeply, near byte {reader.BytesConsumed}", e);
        }
        catch (InvalidOperationException e)
        {
            throw Bad($"the header holds text that is not valid Unicode near byte {reader.BytesConsumed}", e);
        }

        var entries = _entries.Values.OrderBy(e => e.Begin).ThenBy(e => e.End).ThenBy(e => e.Name, StringComparer.Ordinal).ToArray();
        RequireSeamless(entries, dataLength);
        return new SafetensorsHeader(entries, _metadata ?? [], 8L + json.Length);
    }

    private void ParseProperty(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        if (name == "__metadata__")
        {
            if (_metadata is not null) throw Bad("__metadata__ stands there twice");
            _metadata = ParseMetadata(ref reader);
            return;
        }

        if (_entries.ContainsKey(name)) throw Bad($"tensor '{PrintableText.Of(name, LongestName)}' stands there twice");
        if (_entries.Count == MaximalEntries) throw Bad($"more than {MaximalEntries} tensors");
        _entries.Add(name, ParseEntry(ref reader, name));
    }

    private Dictionary<string, string> ParseMetadata(ref Utf8JsonReader reader)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject, "__metadata__ is not an object");
        while (Next(ref reader, JsonTokenType.EndObject))
        {
            var key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String, $"__metadata__ entry '{PrintableText.Of(key, LongestName)}' is not a string");
            if (metadata.Count == MaximalEntries) throw Bad($"more than {MaximalEntries} entries in __metadata__");
            if (!metadata.TryAdd(key, reader.GetString()!)) throw Bad($"__metadata__ entry '{PrintableText.Of(key, LongestName)}' stands there twice");
        }

        return metadata;
    }

    private SafetensorsEntry ParseEntry(ref Utf8JsonReader reader, string name)
    {
        var subject = $"tensor '{PrintableText.Of(name, LongestName)}'";
        ScalarType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, $"{subject} is not an object");
        while (Next(ref reader, JsonTokenType.EndObject))
        {
            switch (reader.GetString())
            {
                case "dtype" when type is null:
                    type = ParseType(ref reader, subject);
                    break;
                case "shape" when shape is null:
                    shape = ParseIntegers(ref reader, MaximalRank, $"{subject}: shape");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseIntegers(ref reader, 2, $"{subject}: data_offsets");
                    break;
                default:
                    throw Bad($"{subject} has an unknown or repeated field; allowed once each: dtype, shape, data_offsets");
            }
        }

        if (type is null || shape is null || offsets is not { Count: 2 })
            throw Bad($"{subject} lacks a field; needed: dtype, shape, data_offsets (two numbers)");
        return RequireFit(new SafetensorsEntry(name, type.Value, shape, offsets[0], offsets[1]), subject);
    }

    private ScalarType ParseType(ref Utf8JsonReader reader, string subject)
    {
        Expect(ref reader, JsonTokenType.String, $"{subject}: dtype is not a string");
        var name = reader.GetString()!;
        return SafetensorsTypes.Find(name)
            ?? throw Bad($"{subject}: unknown dtype '{PrintableText.Of(name, LongestName)}'; allowed: {string.Join(", ", SafetensorsTypes.Names)}");
    }

    private List<long> ParseIntegers(ref Utf8JsonReader reader, int maximalCount, string subject)
    {
        var values = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray, $"{subject} is not a list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value) || value < 0)
                throw Bad($"{subject} holds something else than whole numbers from 0 to {long.MaxValue}");
            if (values.Count == maximalCount) throw Bad($"{subject} has more than {maximalCount} numbers");
            values.Add(value);
        }

        return values;
    }

    // Sizes of 0 count as 1 in the product: the strides of such a tensor must not overflow either.
    private SafetensorsEntry RequireFit(SafetensorsEntry entry, string subject)
    {
        var limit = long.MaxValue / ElementTypes.SizeOf(entry.Type);
        var product = 1L;
        foreach (var size in entry.Shape)
        {
            if (Math.Max(size, 1) > limit / product) throw Bad($"{subject}: the product of its shape overflows");
            product *= Math.Max(size, 1);
        }

        var bytes = entry.Shape.Contains(0) ? 0 : product * ElementTypes.SizeOf(entry.Type);
        if (entry.End < entry.Begin || entry.End - entry.Begin != bytes)
            throw Bad($"{subject}: shape [{string.Join(", ", entry.Shape)}] takes {bytes} bytes, data_offsets [{entry.Begin}, {entry.End}] say otherwise");
        return entry;
    }

    private void RequireSeamless(SafetensorsEntry[] entries, long dataLength)
    {
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
            {
                throw Bad(
                    $"tensor '{PrintableText.Of(entry.Name, LongestName)}' begins at byte {entry.Begin}, the one before ends at {end}: "
                        + $"overlaps and gaps are not allowed");
            }

            end = entry.End;
        }

        if (end != dataLength) throw Bad($"the header describes {end} bytes of data, the file has {dataLength}");
    }

    // After '{' or a finished value: moves to the next property name, or to the end.
    private static bool Next(ref Utf8JsonReader reader, JsonTokenType end) => reader.Read() && reader.TokenType != end;

    private void Expect(ref Utf8JsonReader reader, JsonTokenType token, string otherwise)
    {
        if (!reader.Read() || reader.TokenType != token) throw Bad(otherwise);
    }

    private InputException Bad(string rule, Exception? inner = null)
    {
        var message = $"{path}: not a sound safetensors file: {rule}";
        return inner is null ? new InputException(message) : new InputException(message, inner);
    }
}

/// <summary>The format's names of data types.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType Type)[] Known =
    [
        ("F64", ScalarType.Float64), ("F32", ScalarType.Float32), ("F16", ScalarType.Float16), ("BF16", ScalarType.BFloat16),
        ("I64", ScalarType.Int64), ("I32", ScalarType.Int32), ("I16", ScalarType.Int16), ("I8", ScalarType.Int8),
        ("U8", ScalarType.Byte), ("BOOL", ScalarType.Bool),
    ];

    internal static IEnumerable<string> Names => Known.Select(k => k.Name);

    internal static ScalarType? Find(string name)
    {
        foreach (var known in Known)
            if (known.Name == name) return known.Type;
        return null;
    }

    internal static string NameOf(ScalarType type)
    {
        foreach (var known in Known)
            if (known.Type == type) return known.Name;
        throw new ArgumentException($"a safetensors file cannot hold {type}; allowed: {string.Join(", ", Known.Select(k => k.Type))}");
    }
}
