using System.Buffers.Binary;
using System.Globalization;

namespace Fovea.Imaging.Datasets;

/// <summary>A number type of NumPy: <c>|b1</c>, <c>|u1</c>, <c>&lt;i8</c>, <c>&gt;f4</c> and so on, of either byte order.</summary>
/// <param name="Kind"><c>b</c> for true and false, <c>u</c> and <c>i</c> for whole numbers, <c>f</c> for floating-point ones.</param>
/// <param name="Width">Bytes an element: 1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">True when the most significant byte comes first.</param>
internal readonly record struct NpyType(char Kind, int Width, bool IsBigEndian)
{
    /// <summary>Whether elements are floating-point numbers.</summary>
    public bool IsReal => Kind == 'f';

    /// <summary>Reads NumPy's type string; null for one that is no number (text, dates, objects, records, complex numbers).</summary>
    public static NpyType? Parse(string text)
    {
        var order = text is ['<' or '>' or '|' or '=', ..] ? text[0] : '=';
        var rest = order == '=' && text is not ['=', ..] ? text : text[1..];
        if (rest.Length < 2 || !int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var width)) return null;
        var known = rest[0] switch { 'b' => width == 1, 'u' or 'i' => width is 1 or 2 or 4 or 8, 'f' => width is 2 or 4 or 8, _ => false };
        return known ? new NpyType(rest[0], width, order == '>') : null;
    }

    /// <summary>An element as a number; whole numbers beyond 53 bits are rounded.</summary>
    public double ToDouble(ReadOnlySpan<byte> element) => (Kind, Width) switch
    {
        ('f', 2) => (double)BitConverter.UInt16BitsToHalf((ushort)Bits(element)),
        ('f', 4) => BitConverter.UInt32BitsToSingle((uint)Bits(element)),
        ('f', _) => BitConverter.UInt64BitsToDouble(Bits(element)),
        ('i', _) => Signed(element),
        _ => Bits(element),
    };

    /// <summary>An element as a whole number. Throws <see cref="FormatException"/> when it is none, or too large.</summary>
    public long ToWhole(ReadOnlySpan<byte> element)
    {
        if (!IsReal)
        {
            return Kind == 'i' ? Signed(element) : Bits(element) is var bits && bits <= long.MaxValue ? (long)bits : throw new FormatException(
                $"{bits} is too large for a class");
        }

        var value = ToDouble(element);
        return Math.Abs(value) < 1e15 && value == Math.Truncate(value)
            ? (long)value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{value} is no whole number"));
    }

    private long Signed(ReadOnlySpan<byte> element)
    {
        var unused = 64 - Width * 8;
        return (long)(Bits(element) << unused) >> unused;
    }

    private ulong Bits(ReadOnlySpan<byte> element) => (Width, IsBigEndian) switch
    {
        (1, _) => element[0],
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(element),
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(element),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(element),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(element),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(element),
        (_, true) => BinaryPrimitives.ReadUInt64BigEndian(element),
    };
}
