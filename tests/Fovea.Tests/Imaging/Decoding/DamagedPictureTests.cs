using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using NetVips;

namespace Fovea.Tests.Imaging.Decoding;

/// <summary>Pictures that a decoder repairs are told, and sound ones that are only odd are not.</summary>
public sealed class DamagedPictureTests : IDisposable
{
    private static readonly RgbImage s_picture = PreparationFolder.Picture(0);
    private readonly PreparationFolder _folder = new();

    public static TheoryData<string> Damages => ["zeroed", "zeroed at the end of the scan", "bits", "progressive", "tiff"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Damages))]
    public void Decode_DamagedJpegData_IsToldAtEveryShrink(string damage)
    {
        var bytes = Damaged(damage);
        foreach (var shrink in new[] { 1, 2, 4 })
        {
            var decoded = ImageDecoder.DecodeShrunk(bytes, shrink);
            Assert.Contains("orrupt", decoded.Repair, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', decoded.Repair!);
        }
    }

    [Fact]
    public void Decode_OddButSoundFiles_AreNotDamaged()
    {
        var jpeg = s_picture.ToJpeg();
        var revision = jpeg.ToArray();
        var header = revision.AsSpan().IndexOf("JFIF"u8);
        revision = header > 0 ? revision : [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 9, 1, 0, 0, 1, 0, 1, 0, 0, .. jpeg[2..]];
        if (header > 0) revision[header + 5] = 9;
        var scan = jpeg.AsSpan().IndexOf<byte>([0xFF, 0xDA]);
        byte[] comment = [.. jpeg[..scan], 0xFF, 0xE1, 0, 12, .. "Exif\0\0bad!"u8, .. jpeg[scan..]];
        var profile = s_picture.ToVips().Mutate(m => m.Set(GValue.BlobType, "icc-profile-data", new byte[500]));
        foreach (var bytes in
                new[]
                {
                    jpeg, revision, comment, [.. jpeg, .. new byte[1000]], s_picture.ToPng(), s_picture.ToVips().TiffsaveBuffer(),
                    profile.TiffsaveBuffer(),
                })
        {
            Assert.Null(ImageDecoder.Decode(bytes).Repair);
        }
    }

    [Fact]
    public void Decode_ManyThreads_TellEachItsOwnReason()
    {
        // libvips keeps one text of errors for all threads.
        var cut = s_picture.ToPng()[..3000];
        var zeroed = Damaged("zeroed");
        Parallel.For(0, 24, i =>
        {
            if (i % 2 == 0)
            {
                var failure = Assert.Throws<ImageReadException>(() => ImageDecoder.Decode(cut));
                Assert.Contains("not enough data", failure.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("Jpeg", failure.Message, StringComparison.OrdinalIgnoreCase);
            }
            else
            {
                Assert.Equal("Corrupt JPEG data: premature end of data segment", ImageDecoder.Decode(zeroed).Repair);
            }
        });
    }

    [Fact]
    public void Run_DamagedJpeg_IsAWarningWithItsNameAndAnErrorWhenStrict()
    {
        _folder.Add([1, 2]);
        File.WriteAllBytes(_folder.File("in/damaged.jpg"), Damaged("zeroed"));
        var (report, files) = PreparationFolder.Prepare(_folder.Options);
        Assert.Equal((3, 1), (files.Length, report.Repaired));
        Assert.Contains(report.Warnings, warning => warning.StartsWith("damaged.jpg: damaged", StringComparison.Ordinal));
        Directory.Delete(_folder.Options.Output, recursive: true);
        PreparationFolder.AssertFails(_folder.Options with { Strict = true }, "damaged.jpg", "strict");
    }

    [Fact]
    public void Run_DeepPictures_AreCountedByTheirRangeAndMixturesTold()
    {
        _folder.Add([1]);
        foreach (var (name, factor) in new[] { ("a", 257.0), ("b", 16.0), ("c", 16.0), ("d", 4.0) })
        {
            using var deep = PreparationFolder.Picture(name[0]).ToVips().Linear([factor], [1.0]).Cast(Enums.BandFormat.Ushort)
                .Copy(interpretation: Enums.Interpretation.Rgb16);
            deep.Pngsave(_folder.File($"in/{name}.png"));
        }

        var (report, files) = PreparationFolder.Prepare(_folder.Options);
        Assert.Equal(5, files.Length);
        Assert.Contains(
            report.Warnings,
            warning => warning.StartsWith("2 pictures, first b.png", StringComparison.Ordinal)
                && warning.Contains("12 bits only", StringComparison.Ordinal));
        Assert.Contains(
            report.Warnings,
            warning => warning.StartsWith("1 picture, d.png", StringComparison.Ordinal)
                && warning.Contains("10 bits only", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, warning => warning.Contains("different ranges", StringComparison.Ordinal));
    }

    private static byte[] Damaged(string damage)
    {
        var bytes = damage switch
        {
            "tiff" => s_picture.ToVips().TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Jpeg),
            "progressive" => s_picture.ToVips().JpegsaveBuffer(q: 90, interlace: true),
            _ => s_picture.ToJpeg(),
        };
        if (damage == "bits")
        {
            for (var i = 5; i < 9; i++) bytes[bytes.Length * i / 10] ^= 0x10;
            return bytes;
        }

        var (start, length) = damage == "zeroed at the end of the scan"
            ? (bytes.Length - bytes.Length / 50 - 40, bytes.Length / 50)
            : (bytes.Length / 2, bytes.Length / 50);
        Array.Clear(bytes, start, length);
        return bytes;
    }
}
