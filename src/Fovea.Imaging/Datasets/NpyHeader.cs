using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Fovea.Imaging.Datasets;

/// <summary>
/// The header of an NPY file (NumPy's array format): magic, version, header length, then a Python dictionary with the element
/// type, the order and the shape.
/// </summary>
/// <param name="ElementType">NumPy's type string, <c>|u1</c> for bytes, <c>&lt;i8</c> for little-endian 64-bit integers.</param>
/// <param name="FortranOrder">True when the first index runs fastest.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="DataOffset">Where the elements begin, in bytes from the start of the file.</param>
public sealed record NpyHeader(string ElementType, bool FortranOrder, IReadOnlyList<long> Shape, int DataOffset)
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The bytes of a version 1.0 header padded to 128 bytes, whatever the shape: it can be written last.</summary>
    public static byte[] Encode(string elementType, IReadOnlyList<long> shape)
    {
        const int length = 128;
        var axes = string.Join(", ", shape) + (shape.Count == 1 ? "," : "");
        var text = $"{{'descr': '{elementType}', 'fortran_order': False, 'shape': ({axes}), }}";
        if (text.Length > length - 11) throw new ArgumentException($"the shape ({axes}) does not fit a {length}-byte header", nameof(shape));
        var header = new byte[length];
        Magic.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), length - 10);
        Encoding.ASCII.GetBytes(text.PadRight(length - 11) + "\n", header.AsSpan(10));
        return header;
    }

    /// <summary>Reads the header at the stream's position. Throws <see cref="FormatException"/> when it is none.</summary>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[12];
        if (stream.ReadAtLeast(prefix[..10], 10, throwOnEndOfStream: false) < 10 || !prefix[..6].SequenceEqual(Magic))
            throw new FormatException("not an NPY file");
        var (start, length) = (10, (int)BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]));
        if (prefix[6] is not (1 or 2 or 3)) throw new FormatException($"NPY version {prefix[6]} is not known");
        if (prefix[6] > 1)
        {
            if (stream.ReadAtLeast(prefix[10..], 2, throwOnEndOfStream: false) < 2) throw new FormatException("the NPY header is cut off");
            (start, length) = (12, BinaryPrimitives.ReadInt32LittleEndian(prefix[8..]));
        }

        if (length is < 0 or > 1 << 16) throw new FormatException("the NPY header is too long");
        var bytes = new byte[length];
        if (stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length) throw new FormatException("the NPY header is cut off");
        var text = Encoding.Latin1.GetString(bytes);
        var order = Value(text, "fortran_order");
        return new NpyHeader(
            Quoted(Value(text, "descr")),
            order.StartsWith("True", StringComparison.Ordinal),
            ParseShape(Value(text, "shape")),
            start + length);
    }

    private static string Value(string text, string key)
    {
        var at = text.IndexOf($"'{key}':", StringComparison.Ordinal);
        if (at < 0) throw new FormatException($"the NPY header has no '{key}'");
        return text[(at + key.Length + 3)..].TrimStart();
    }

    private static string Quoted(string value)
    {
        var end = value.StartsWith('\'') ? value.IndexOf('\'', 1) : -1;
        return end > 0 ? value[1..end] : throw new FormatException("the NPY element type is not a plain one");
    }

    private static List<long> ParseShape(string value)
    {
        var end = value.IndexOf(')', StringComparison.Ordinal);
        if (!value.StartsWith('(') || end < 0) throw new FormatException("the NPY shape is not a tuple");
        var shape = new List<long>();
        foreach (var part in value[1..end].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // Python 2 wrote long numbers with an L.
            if (!long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var axis))
                throw new FormatException($"the NPY shape holds '{part}'");
            shape.Add(axis);
        }

        return shape;
    }
}
