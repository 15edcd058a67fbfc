using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using NetVips;

namespace Fovea.Tests.Imaging.Decoding;

/// <summary>Pictures whose samples are no bytes give the pixels of the same picture in bytes, and say what range was taken.</summary>
public class SampleRangeTests
{
    private static readonly RgbImage s_picture = new SyntheticFundus { Width = 96, Height = 64, CentreX = 50, CentreY = 30, Radius = 28 }.Draw();

    [Theory]
    [InlineData(255, "8 bits only")]
    [InlineData(1023, "10 bits only")]
    [InlineData(4095, "12 bits only")]
    [InlineData(16383, "14 bits only")]
    public void Decode_FewerBitsInSixteen_GivesTheSamePixelsAndTellsTheBits(int white, string told)
    {
        using var deep = Words(white / 255.0);
        foreach (var bytes in new[] { deep.PngsaveBuffer(), deep.TiffsaveBuffer(), Portable(white / 255.0) })
        {
            var decoded = ImageDecoder.Decode(bytes);
            Assert.Equal(s_picture.Pixels, decoded.Image.Pixels);
            Assert.Contains(told, decoded.Range, StringComparison.Ordinal);
            Assert.True(decoded.IsScaled);
        }
    }

    [Theory]
    [InlineData(257, 1.0)]
    [InlineData(257, 0.1)]
    [InlineData(256, 0.1)]
    public void Decode_SixteenBitsFilled_StaysAsDarkAsItIs(int factor, double light)
    {
        // A dark picture in all 16 bits must not be taken for one of 12: its samples are multiples of 256 or 257.
        using var dark = s_picture.ToVips().Linear([light], [0.0]).Cast(Enums.BandFormat.Uchar);
        using var deep = (dark * factor).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16);
        var decoded = ImageDecoder.Decode(deep.PngsaveBuffer());
        Assert.Null(decoded.Range);
        Assert.Equal(dark.WriteToMemory<byte>(), decoded.Image.Pixels);
    }

    [Fact]
    public void Decode_TwelveBitsAtTheUpperEnd_StayAsTheyAre()
    {
        using var deep = (s_picture.ToVips().Cast(Enums.BandFormat.Ushort) * (4095 / 255.0) / 8).Rint().Linear([16.0], [0.0]).Cast(Enums.BandFormat.Ushort)
            .Copy(interpretation: Enums.Interpretation.Rgb16);
        var decoded = ImageDecoder.Decode(deep.PngsaveBuffer());
        Assert.Null(decoded.Range);
        Assert.InRange(decoded.Image.Pixels.Max(), s_picture.Pixels.Max() / 8 - 1, s_picture.Pixels.Max() / 8 + 1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 255)]
    [InlineData(0, 4095)]
    [InlineData(0, 65535)]
    [InlineData(-1, 1)]
    public void Decode_Floats_GiveTheSamePixelsAndTellTheRange(double black, double white)
    {
        using var real = Real(black, white);
        var decoded = ImageDecoder.Decode(real.TiffsaveBuffer());
        Assert.Equal(s_picture.Pixels, decoded.Image.Pixels);
        Assert.Equal($"floating-point samples were read as {black} to {white}", decoded.Range);
    }

    [Fact]
    public void Decode_FloatsInNoUsualRange_AreScaledFromTheSmallestToTheLargest()
    {
        using var real = Real(-2.1, 2.6);
        var decoded = ImageDecoder.Decode(real.TiffsaveBuffer());
        Assert.Contains("own smallest to their own largest", decoded.Range, StringComparison.Ordinal);
        Assert.Equal((0, 255), (decoded.Image.Pixels.Min(), decoded.Image.Pixels.Max()));
    }

    [Fact]
    public void Decode_FloatGreyWithAlpha_IsScaledAndLaidOverBlack()
    {
        using var grey = s_picture.ToVips().Colourspace(Enums.Interpretation.Bw);
        using var real = (grey / 255.0).Bandjoin(0.5).Cast(Enums.BandFormat.Float).Copy(interpretation: Enums.Interpretation.Bw);
        var decoded = ImageDecoder.Decode(real.TiffsaveBuffer()).Image;
        var values = grey.WriteToMemory<byte>();
        for (var i = 0; i < values.Length; i++) Assert.Equal(values[i] * 0.5, decoded.Pixels[i * 3], 1.0);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Decode_FloatsThatAreNoNumbers_AreRefused(double value)
    {
        using var real = Real(0, 1);
        using var spoilt = real.Insert(Image.Black(1, 1).Linear([1.0], [value]).Cast(Enums.BandFormat.Float), 40, 30);
        var failure = Assert.Throws<ImageReadException>(() => ImageDecoder.Decode(spoilt.TiffsaveBuffer()));
        Assert.Contains("not a number", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Enums.BandFormat.Short, 32767)]
    [InlineData(Enums.BandFormat.Int, 65535)]
    [InlineData(Enums.BandFormat.Uint, 255)]
    [InlineData(Enums.BandFormat.Short, 4095)]
    public void Decode_OtherWholeNumbers_GiveTheSamePixelsAndTellTheRange(Enums.BandFormat format, int white)
    {
        using var deep = s_picture.ToVips().Linear([white / 255.0], [0.0]).Rint().Cast(format);
        var decoded = ImageDecoder.Decode(deep.TiffsaveBuffer());
        Assert.Equal(s_picture.Pixels, decoded.Image.Pixels);
        Assert.Contains($"read as 0 to {white}", decoded.Range, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_FiveChannels_IsRefused()
    {
        using var five = s_picture.ToVips().Bandjoin(1, 2);
        Assert.Contains("5 channels", Assert.Throws<ImageReadException>(() => ImageDecoder.Decode(five.TiffsaveBuffer())).Message, StringComparison.Ordinal);
    }

    private static Image Words(double factor) =>
        s_picture.ToVips().Linear([factor], [0.0]).Rint().Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16);

    private static Image Real(double black, double white) =>
        s_picture.ToVips().Cast(Enums.BandFormat.Double).Linear([(white - black) / 255], [black]).Cast(Enums.BandFormat.Float);

    private static byte[] Portable(double factor) =>
        [.. "P6 96 64 65535\n"u8, .. s_picture.Pixels.SelectMany(v => (int)Math.Round(v * factor) is var word ? new[] { (byte)(word >> 8), (byte)word } : [])];
}
