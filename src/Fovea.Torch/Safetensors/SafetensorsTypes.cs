using static TorchSharp.torch;

namespace Fovea.Torch.Safetensors;

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
