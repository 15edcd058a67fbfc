using System.Buffers.Binary;
using Fovea.Core.Errors;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using NetVips;

namespace Fovea.Tests.Imaging.Decoding;

public class ImageDecoderTests
{
    private static readonly RgbImage s_picture = new SyntheticFundus { Width = 96, Height = 64, CentreX = 50, CentreY = 30, Radius = 28 }.Draw();

    public static TheoryData<string> LosslessFormats =>
        ["png", "png16", "palette-free tiff", "tiff16", "webp", "bmp24", "bmp32", "bmp topdown", "ppm", "ppm plain", "ppm16"];

    [Theory]
    [MemberData(nameof(LosslessFormats))]
    public void Decode_LosslessFormat_GivesThePixels(string format)
    {
        var decoded = ImageDecoder.Decode(Encode(format));
        // 16-bit samples are scaled by 257 and back: exact within rounding.
        Assert.All(
            decoded.Image.Pixels.Zip(s_picture.Pixels),
            pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, format.EndsWith("16", StringComparison.Ordinal) ? 1 : 0));
        Assert.Equal((96, 64, 1), (decoded.SourceWidth, decoded.SourceHeight, decoded.Shrink));
    }

    [Fact]
    public void Decode_Jpeg_IsClose() =>
        // Quality 95 on a smooth picture: about two steps.
        Assert.InRange(ImageDecoder.Decode(s_picture.ToJpeg()).Image.MeanDifference(s_picture), 0, 2);

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("pgm")]
    [InlineData("pbm")]
    [InlineData("png with alpha")]
    public void Decode_Grey_IsSpreadOverTheChannels(string format)
    {
        using var grey = s_picture.ToVips().Colourspace(Enums.Interpretation.Bw);
        var values = grey.WriteToMemory<byte>();
        byte[] bytes = format switch
        {
            "png" => grey.PngsaveBuffer(),
            "jpeg" => grey.JpegsaveBuffer(q: 95),
            "pgm" => [.. "P5\n# made by hand\n96 64\n255\n"u8, .. values],
            "pbm" => [.. "P4 96 64\n"u8, .. PackBits(values)],
            _ => grey.Bandjoin(255).Copy(interpretation: Enums.Interpretation.Bw).PngsaveBuffer(),
        };
        var decoded = ImageDecoder.Decode(bytes).Image;
        Assert.Equal((96, 64), (decoded.Width, decoded.Height));
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(decoded.Pixels[i * 3], decoded.Pixels[i * 3 + 2]);
            // Two steps for JPEG, exact for the others; bitmaps hold black and white only.
            var expected = format == "pbm" ? (values[i] > 127 ? 255 : 0) : values[i];
            Assert.InRange(Math.Abs(decoded.Pixels[i * 3 + 1] - expected), 0, format == "jpeg" ? 12 : 0);
        }
    }

    [Fact]
    public void Decode_Alpha_IsLaidOverBlack()
    {
        var vips = s_picture.ToVips();
        using var alpha = (Image.Black(96, 64) + 128).Cast(Enums.BandFormat.Uchar);
        var decoded = ImageDecoder.Decode(vips.Bandjoin(alpha).PngsaveBuffer()).Image;
        Assert.All(decoded.Pixels.Zip(s_picture.Pixels), pair => Assert.Equal(pair.Second * 128 / 255.0, pair.First, 1.0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decode_Cmyk_GivesTheColoursAndABlackSurround(bool profile)
    {
        using var cmyk = s_picture.ToVips().IccTransform("cmyk", inputProfile: "srgb");
        using var written = profile ? cmyk.Copy() : cmyk.Mutate(m => m.Remove("icc-profile-data"));
        foreach (var bytes in new[] { written.JpegsaveBuffer(q: 95), written.TiffsaveBuffer() })
        {
            var decoded = ImageDecoder.Decode(bytes).Image;
            // Print colours cannot show all of sRGB, but black is black.
            Assert.InRange(decoded.MeanDifference(s_picture), 0, 8);
            Assert.InRange(decoded.Pixels.Take(30).Max(), 0, 3);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Decode_ExifOrientation_IsUpright(int orientation)
    {
        // What libvips itself makes of the same file is the reference.
        var stored = s_picture.ToVips().Mutate(m => m.Set(GValue.GIntType, "orientation", orientation));
        var bytes = stored.JpegsaveBuffer(q: 95);
        using var expected = Image.NewFromBuffer(bytes).Autorot();
        var decoded = ImageDecoder.Decode(bytes);
        Assert.Equal((expected.Width, expected.Height), (decoded.SourceWidth, decoded.SourceHeight));
        Assert.Equal(expected.WriteToMemory<byte>(), decoded.Image.Pixels);
        var shrunk = ImageDecoder.DecodeShrunk(bytes, 2);
        Assert.Equal((expected.Width / 2, expected.Height / 2), (shrunk.Image.Width, shrunk.Image.Height));
    }

    [Theory]
    [InlineData("jpeg", 4)]
    [InlineData("png", 5)]
    [InlineData("bmp24", 5)]
    public void DecodeShrunk_AnyFormat_AveragesSquares(string format, int factor)
    {
        var decoded = ImageDecoder.DecodeShrunk(format == "jpeg" ? s_picture.ToJpeg() : Encode(format), factor);
        Assert.Equal(factor, decoded.Shrink);
        for (var y = 0; y < 64 / factor; y += 3)
        {
            for (var x = 0; x < 96 / factor; x += 3)
            {
                var mean = Enumerable.Range(0, factor * factor).Average(k => s_picture.Pixels[((y * factor + k / factor) * 96 + x * factor + k % factor) * 3]);
                // JPEG averages in the frequency domain and lost some of it before.
                Assert.Equal(mean, decoded.Image.Pixels[(y * decoded.Image.Width + x) * 3], format == "jpeg" ? 12.0 : 1.0);
            }
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("just some text", "not a picture")]
    [InlineData("BM, this is a text about bitmaps", "not a picture")]
    [InlineData("P6\n20 20\n255\nshort", "cut off")]
    [InlineData("P6\n99999 99999\n255\n", "over the limit")]
    [InlineData("P6\n9999 9999\n255\n", "cut off")]
    [InlineData("P6\n-3 5\n255\n", "number is missing")]
    public void Decode_BadBytes_SaysWhy(string text, string reason) =>
        Assert.Contains(
            reason, Assert.Throws<ImageReadException>(() => ImageDecoder.Decode(System.Text.Encoding.ASCII.GetBytes(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("bmp24", 70)]
    [InlineData("bmp32", 70)]
    [InlineData("bmp8", 70)]
    [InlineData("ppm", 14)]
    public void Decode_AnyByteOfTheHeaderWrong_IsReadOrSaysWhy(string format, int header)
    {
        var bytes = Encode(format);
        for (var at = 0; at < header; at++)
        {
            var right = bytes[at];
            foreach (var wrong in new byte[] { 0, 1, 0x7F, 0x80, 0xC0, 0xFF })
            {
                bytes[at] = wrong;
                Assert.True(Record.Exception(() => ImageDecoder.Decode(bytes)) is null or ImageReadException, $"byte {at} as {wrong}");
            }

            bytes[at] = right;
        }
    }

    [Theory]
    [InlineData("DICM", 128, "dcmtk")]
    [InlineData("\0\0\0\fjP  ", 0, "JPEG 2000")]
    [InlineData("GIF89a", 0, "GIF")]
    [InlineData("ftypheic", 4, "HEIC")]
    [InlineData("ftypavif", 4, "AVIF")]
    [InlineData("n+1\0", 344, "NIfTI")]
    [InlineData("PK\u0003\u0004", 0, "unpack it")]
    public void Decode_KnownTypeThatIsNotRead_NamesItAndTheWay(string mark, int at, string told)
    {
        var bytes = new byte[600];
        System.Text.Encoding.Latin1.GetBytes(mark).CopyTo(bytes, at);
        Assert.Contains(told, Assert.Throws<ImageReadException>(() => ImageDecoder.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("tiff")]
    [InlineData("webp")]
    [InlineData("bmp24")]
    [InlineData("ppm")]
    public void Decode_CutOffAnywhere_Throws(string format)
    {
        var whole = format switch { "jpeg" => s_picture.ToJpeg(), "tiff" => s_picture.ToVips().TiffsaveBuffer(), _ => Encode(format) };
        for (var part = 1; part < 10; part++)
        {
            var bytes = whole[..(whole.Length * part / 10)];
            var failure = Assert.Throws<ImageReadException>(() => ImageDecoder.Decode(bytes));
            Assert.DoesNotContain('\n', failure.Message);
        }
    }

    [Theory]
    [InlineData("tiff")]
    [InlineData("webp")]
    public void Decode_SeveralPages_GivesTheFirstAndCounts(string format)
    {
        using var pages = Image.Arrayjoin([s_picture.ToVips(), s_picture.ToVips().Invert()], across: 1).Mutate(m => m.Set(GValue.GIntType, "page-height", 64));
        var decoded = ImageDecoder.Decode(format == "tiff" ? pages.TiffsaveBuffer() : pages.WebpsaveBuffer(lossless: true));
        Assert.Equal(2, decoded.Pages);
        Assert.Equal(s_picture.Pixels, decoded.Image.Pixels);
        Assert.Equal(1, ImageDecoder.Decode(Encode("png")).Pages);
    }

    [Fact]
    public void Decode_MoreThanTheLimit_RefusesByTheHeader()
    {
        var bytes = s_picture.ToPng();
        // The header chunk of PNG: width and height at 16, their checksum over bytes 12 to 28 at 29.
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc32(bytes.AsSpan(12, 17)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<ImageReadException>(() => ImageDecoder.Decode(bytes));
        Assert.Contains("60000×60000 pixels are over the limit", failure.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Decode_PaletteBitmap_GivesTheColours(int bits)
    {
        var colours = 1 << bits;
        var stride = (5 * bits + 31) / 32 * 4;
        byte[] header =
        [
            .. "BM"u8, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(54 + colours * 4),
            .. BitConverter.GetBytes(40), .. BitConverter.GetBytes(5), .. BitConverter.GetBytes(2), 1, 0,
            (byte)bits, 0, .. new byte[24],
        ];
        var palette = Enumerable.Range(0, colours).SelectMany(i => new byte[] { (byte)i, (byte)(i * 3), (byte)(255 - i), 0 }).ToArray();
        var rows = new byte[stride * 2];
        new System.Random(5).NextBytes(rows);
        var decoded = ImageDecoder.Decode([.. header, .. palette, .. rows]).Image;
        for (var y = 0; y < 2; y++)
        {
            for (var x = 0; x < 5; x++)
            {
                // Rows are stored from the bottom.
                var at = (1 - y) * stride * 8 + x * bits;
                var index = rows[at / 8] >> (8 - bits - at % 8) & (colours - 1);
                Assert.Equal([(byte)(255 - index), (byte)(index * 3), (byte)index], decoded.Pixels.AsSpan((y * 5 + x) * 3, 3).ToArray());
            }
        }
    }

    [Fact]
    public void ReadRgb_MissingFile_NamesIt() =>
        Assert.Contains("nowhere.png", Assert.Throws<InputException>(() => ImageFile.ReadRgb("nowhere.png")).Message, StringComparison.Ordinal);

    [Fact]
    public void PngFile_Written_ReadsBackWithoutMetadata()
    {
        using var folder = new TemporaryFolder();
        PngFile.Write(folder.File("a.png"), s_picture.Pixels, 96, 64);
        Assert.Equal(s_picture.Pixels, ImageFile.ReadRgb(folder.File("a.png")).Pixels);
        var names = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder.File("a.png")));
        Assert.DoesNotContain("eXIf", names, StringComparison.Ordinal);
        Assert.DoesNotContain("tEXt", names, StringComparison.Ordinal);
    }

    private static byte[] Encode(string format) => format switch
    {
        "png" => s_picture.ToPng(),
        "png16" => Sixteen().PngsaveBuffer(),
        "palette-free tiff" => s_picture.ToVips().TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Lzw),
        "tiff16" => Sixteen().TiffsaveBuffer(),
        "webp" => s_picture.ToVips().WebpsaveBuffer(lossless: true),
        "bmp24" => Bitmap(24, topDown: false),
        "bmp32" => Bitmap(32, topDown: false),
        "bmp topdown" => Bitmap(24, topDown: true),
        "bmp8" => Bitmap(8, topDown: false),
        "ppm" => [.. "P6 96 64 255\n"u8, .. s_picture.Pixels],
        "ppm plain" => [.. "P3\n96 64\n255\n"u8, .. System.Text.Encoding.ASCII.GetBytes(string.Join(' ', s_picture.Pixels))],
        "ppm16" => [.. "P6 96 64 65535\n"u8, .. s_picture.Pixels.SelectMany(v => new[] { v, v })],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format of this test"),
    };

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1) * 0xEDB88320;
        }

        return ~crc;
    }

    private static Image Sixteen() => (s_picture.ToVips() * 257).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16);

    private static byte[] Bitmap(int bits, bool topDown)
    {
        var rows = Enumerable.Range(0, 64).Select(y => topDown ? y : 63 - y).SelectMany(y => Enumerable.Range(0, 96).SelectMany(x =>
        {
            var pixel = s_picture.Pixels.AsSpan((y * 96 + x) * 3, 3).ToArray();
            return bits == 24 ? new[] { pixel[2], pixel[1], pixel[0] } : [pixel[2], pixel[1], pixel[0], (byte)0];
        }));
        return
        [
            .. "BM"u8, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(54), .. BitConverter.GetBytes(40),
            .. BitConverter.GetBytes(96), .. BitConverter.GetBytes(topDown ? -64 : 64), 1, 0, (byte)bits, 0,
            .. new byte[24], .. rows,
        ];
    }

    private static IEnumerable<byte> PackBits(byte[] values) =>
        values.Chunk(8).Select(eight => (byte)eight.Select((value, i) => value > 127 ? 0 : 0x80 >> i).Sum());
}
