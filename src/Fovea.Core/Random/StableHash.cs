using System.Runtime.InteropServices;

namespace Fovea.Core.Random;

/// <summary>
/// 64-bit hashes that are the same on every platform and in every version (FNV-1a), unlike those of the runtime: random streams are addressed by them.
/// </summary>
public static class StableHash
{
    private const ulong Offset = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    /// <summary>Of a text, by its UTF-16 code units.</summary>
    public static ulong Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = Offset;
        foreach (var unit in text) hash = (hash ^ unit) * Prime;
        return hash;
    }

    /// <summary>Of numbers, by the bytes of their bits.</summary>
    public static ulong Of(ReadOnlySpan<double> numbers)
    {
        var hash = Offset;
        foreach (var part in MemoryMarshal.AsBytes(numbers)) hash = (hash ^ part) * Prime;
        return hash;
    }
}
