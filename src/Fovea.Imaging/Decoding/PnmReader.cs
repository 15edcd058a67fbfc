namespace Fovea.Imaging.Decoding;

/// <summary>Reads portable bitmaps, greymaps and pixmaps (Netpbm P1 to P6), plain and raw, up to 16 bits a sample.</summary>
internal static class PnmReader
{
    public static ImageSource Open(byte[] bytes)
    {
        var kind = bytes[1] - '0';
        var at = 2;
        var width = Number(bytes, ref at);
        var height = Number(bytes, ref at);
        var bitmap = kind is 1 or 4;
        var maximum = bitmap ? 1 : Number(bytes, ref at);
        if (width <= 0 || height <= 0) throw new ImageReadException($"the header gives {width}×{height} pixels");
        if (maximum is <= 0 or > 65535) throw new ImageReadException($"the largest sample is {maximum}; 1 to 65535 are allowed");
        // One white-space character ends the header of the raw kinds.
        var data = at + 1;
        return new RasterSource(width, height, () => Read(bytes, kind, data, width, height, maximum), isDeep: maximum > byte.MaxValue);
    }

    private static (byte[] Rgb, string? Range) Read(byte[] bytes, int kind, int data, int width, int height, int maximum)
    {
        var colour = kind is 3 or 6;
        var perRow = colour ? width * 3 : width;
        // Before the memory is taken: a header of twenty bytes may promise any number of pixels.
        var least = kind == 4 ? (width + 7L) / 8 * height : (long)perRow * height * (kind > 4 && maximum > 255 ? 2 : 1);
        if (bytes.Length - data < least) throw new ImageReadException("the picture is cut off");
        // A largest sample of 65535 says no more than that there are 16 bits; any other one is the range.
        var range = maximum == ushort.MaxValue ? Range(bytes, kind, data, (long)perRow * height) : new SampleRange(0, maximum, null);
        var white = (long)range.High;
        var rgb = new byte[(long)width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var i = 0; i < perRow; i++)
            {
                var sample = Sample(bytes, kind, ref data, width, (long)y * perRow + i, maximum);
                var value = (byte)((Math.Min(sample, white) * 255L + white / 2) / white);
                if (colour) rgb[(long)y * perRow + i] = value;
                else rgb.AsSpan((y * width + i) * 3, 3).Fill(value);
            }
        }

        return (rgb, range.Remark);
    }

    private static SampleRange Range(byte[] bytes, int kind, int data, long samples)
    {
        var counts = new uint[ushort.MaxValue + 1];
        for (var i = 0L; i < samples; i++) counts[Math.Clamp(Sample(bytes, kind, ref data, 0, i, ushort.MaxValue), 0, ushort.MaxValue)]++;
        return SampleRange.OfWords(counts);
    }

    /// <summary>A sample by its place; those of the plain kinds must be asked for in order.</summary>
    private static int Sample(byte[] bytes, int kind, ref int data, int width, long at, int maximum) => kind switch
    {
        1 => 1 - Bit(bytes, ref data),
        2 or 3 => Number(bytes, ref data),
        4 => 1 - (At(bytes, data + at / width * ((width + 7) / 8) + at % width / 8) >> (int)(7 - at % width % 8) & 1),
        _ => Raw(bytes, data + at * (maximum > 255 ? 2 : 1), maximum > 255),
    };

    private static int Raw(byte[] bytes, long at, bool wide) => wide ? At(bytes, at) << 8 | At(bytes, at + 1) : At(bytes, at);

    private static int At(byte[] bytes, long at) => at < bytes.Length ? bytes[at] : throw new ImageReadException("the picture is cut off");

    private static int Bit(byte[] bytes, ref int at)
    {
        SkipSpace(bytes, ref at);
        return At(bytes, at++) switch { '0' => 0, '1' => 1, _ => throw new ImageReadException("a plain bitmap holds something else than 0 and 1") };
    }

    private static int Number(byte[] bytes, ref int at)
    {
        SkipSpace(bytes, ref at);
        var (value, start) = (0L, at);
        while (at < bytes.Length && bytes[at] is >= (byte)'0' and <= (byte)'9' && value < int.MaxValue) value = value * 10 + bytes[at++] - '0';
        if (at == start) throw new ImageReadException(at < bytes.Length ? "a number is missing in a portable pixmap" : "the picture is cut off");
        return (int)Math.Min(value, int.MaxValue);
    }

    private static void SkipSpace(byte[] bytes, ref int at)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'#')
        {
            if (bytes[at] == '#')
            {
                while (at < bytes.Length && bytes[at] != '\n') at++;
            }
            else
            {
                at++;
            }
        }
    }
}
