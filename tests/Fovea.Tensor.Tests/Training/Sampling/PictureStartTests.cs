using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Retina;
using Fovea.Tests.Torch;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Training.Sampling;

/// <summary>Images that a shipped model draws from pictures which it never saw.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class PictureStartTests : IDisposable
{
    private const int Side = 64;
    private const int Whole = 160;
    private static readonly string s_model = PretrainedModels.Prefix + "fundus-64-classical";
    private readonly TemporaryFolder _folder = new();
    private readonly string _one;
    private readonly string _other;

    public PictureStartTests() => (_one, _other) = (Picture(3), Picture(8));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Execute_Variations_KeepTheFieldAndTheSideAndStayNearTheirPicture()
    {
        var picture = Framed(_one);
        var drawn = Draw(new PictureSource { Files = [_one], Strength = 0.3 }, count: 4);
        Assert.All(drawn, image =>
        {
            Assert.True(Distance(image, picture) < Distance(image, Framed(_other)));
            // The disc is on the picture's side.
            Assert.True(Distance(image, picture) < Distance(image, Mirrored(picture)));
            var (before, after) = (DiscFinder.Find(new RgbImage(Side, Side, picture)).Disc, DiscFinder.Find(new RgbImage(Side, Side, image)).Disc);
            Assert.Equal(before.CentreX, after.CentreX, 1.5);
            Assert.Equal(before.Radius, after.Radius, 1.5);
        });
        Assert.Equal(4, drawn.DistinctBy(Convert.ToHexString).Count());
    }

    [Fact]
    public void Execute_MoreStrength_GoesFurther()
    {
        double[] distances = [.. new[] { 0.05, 0.3, 0.9 }.Select(
            strength => Draw(new PictureSource { Files = [_one], Strength = strength }, count: 4).Average(
                image => Distance(image, Framed(_one))))];
        Assert.Equal(distances.Order(), distances);
        Assert.True(distances[0] < 0.5 * distances[2], string.Join(" ", distances));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Execute_Filling_LeavesWhatIsKept(bool paste)
    {
        var mask = _folder.File("mask.png");
        PngFile.Write(
            mask, [.. Enumerable.Range(0, Whole * Whole).SelectMany(i => Enumerable.Repeat((byte)(i % Whole < Whole / 2 ? 255 : 0), 3))], Whole, Whole);
        var picture = Framed(_one);
        // What the autoencoder makes of the picture: nothing is left to draw after one step of least strength.
        var through = Draw(new PictureSource { Files = [_one], Strength = 0.01 }, count: 1)[0];
        var drawn = Draw(new PictureSource { Files = [_one], Mask = mask, Paste = paste }, count: 2);
        // Pasted it is the picture; otherwise, half a dozen pixels from the border, the decoder sees what is filled in.
        Assert.All(drawn, image => Assert.InRange(Distance(image, paste ? picture : through, x => x < Side / 2 - (paste ? 3 : 8)), 0, paste ? 0 : 4));
        Assert.All(drawn, image => Assert.InRange(Distance(image, picture, x => x > Side / 2), 4, 255));
    }

    [Fact]
    public void Execute_BetweenTwo_LeadsFromOneToTheOther()
    {
        var drawn = Draw(new PictureSource { Files = [_one, _other] }, count: 5);
        double[] fromOne = [.. drawn.Select(image => Distance(image, Framed(_one)))];
        double[] fromOther = [.. drawn.Select(image => Distance(image, Framed(_other)))];
        Assert.Equal(fromOne.Order(), fromOne);
        Assert.Equal(fromOther.OrderDescending(), fromOther);
        Assert.InRange(fromOne[0], 0, 0.3 * fromOne[^1]);
        Assert.InRange(fromOther[^1], 0, 0.3 * fromOther[0]);
    }

    [Fact]
    public void Execute_Edit_ChangesThePictureByItsClassOnly()
    {
        // The noise was found without a class: drawn without one it gives the picture back.
        var same = Draw(new PictureSource { Files = [_one], IsEdit = true }, count: 1, "none", steps: 13)[0];
        var edited = Draw(new PictureSource { Files = [_one], IsEdit = true }, count: 1, "4", guidance: 3, steps: 13)[0];
        Assert.InRange(Distance(same, Framed(_one)), 0, 4);
        Assert.True(Distance(edited, same) > 2 * Distance(same, Framed(_one)));
        Assert.True(Distance(edited, Framed(_one)) < Distance(edited, Framed(_other)));
    }

    [Fact]
    public void Execute_FromAPicture_SaysWhoseTheImagesAre()
    {
        var said = new List<string>();
        Draw(new PictureSource { Files = [_one] }, count: 1, announce: said.Add);
        Assert.Contains(said, line => line.Contains("phantom-3.png", StringComparison.Ordinal));
        using var text = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.File("drawn"), PictureSource.FileName)));
        var source = text.RootElement.GetProperty("fovea.source");
        Assert.Equal(("variation", 0.4), (source.GetProperty("kind").GetString(), source.GetProperty("strength").GetDouble()));
        Assert.Equal("phantom-3.png", source.GetProperty("pictures")[0].GetProperty("file").GetString());
        // Images out of noise are nobody's.
        Draw(null, count: 1);
        Assert.False(File.Exists(Path.Combine(_folder.File("drawn"), PictureSource.FileName)));
    }

    [Fact]
    public void Execute_BadInput_IsOneLineAndWritesNothing()
    {
        var (small, white) = (_folder.File("small.png"), _folder.File("white.png"));
        PngFile.Write(small, new byte[64 * 64 * 3], 64, 64);
        PngFile.Write(white, [.. Enumerable.Repeat((byte)255, Whole * Whole * 3)], Whole, Whole);
        Refuse(new PictureSource { Files = [_folder.File("none.png")] }, "none.png: no such file");
        Refuse(new PictureSource { Files = [_one], Strength = 0 }, "Strength 0 is not allowed; allowed: above 0, up to 1");
        Refuse(new PictureSource { Files = [_one], Mask = small }, "64×64 pixels, and the picture 160×160");
        Refuse(new PictureSource { Files = [white] }, "white.png: ");
        Refuse(new PictureSource { Files = [_one], Mask = white }, "white.png: white all over");
        Refuse(new PictureSource { Files = [_one], IsEdit = true }, "Edit nine does not exist; allowed: 0, 1, 2, 3, 4", "nine");
        Refuse(new PictureSource { Files = [_one], IsEdit = true }, "Sampler ddpm is not allowed here", "4", "ddpm");
    }

    [Fact]
    public void Execute_RefusedWithForce_LeavesWhatWasDrawn()
    {
        var before = Draw(null, count: 2);
        var (mask, pixels) = (_folder.File("dot.png"), new byte[Whole * Whole * 3]);
        pixels.AsSpan(3 * (Whole / 2 * Whole + Whole / 2), 3).Fill(255);
        PngFile.Write(mask, pixels, Whole, Whole);
        Refuse(new PictureSource { Files = [_one], IsEdit = true }, "Sampler ddpm", "4", "ddpm");
        Refuse(new PictureSource { Files = [_one], Mask = mask }, "black all over");
        Assert.Throws<InputException>(() => Draw(null, 1, sampler: "unipc"));
        Assert.Equal(before, Enumerable.Range(0, 2).Select(index => ImageFile.ReadRgb(DrawnImages.PathOf(_folder.File("drawn"), index)).Pixels));
    }

    [Fact]
    public void Execute_PictureOrMaskOfItsOwnOutput_IsRefusedAndStays()
    {
        var drawn = Draw(null, count: 2);
        var own = DrawnImages.PathOf(_folder.File("drawn"), 1);
        Refuse(new PictureSource { Files = [own] }, $"holds {own}, which is read; choose another folder");
        var (mask, pixels) = (Path.Combine(_folder.File("drawn"), "half.png"), new byte[Whole * Whole * 3]);
        pixels.AsSpan(pixels.Length / 2).Fill(255);
        PngFile.Write(mask, pixels, Whole, Whole);
        Refuse(new PictureSource { Files = [_one], Mask = mask }, $"holds {mask}, which is read");
        Assert.Equal(drawn[1], ImageFile.ReadRgb(own).Pixels);
    }

    [Fact]
    public void Execute_ASourceFileOfTheUsersOwn_Stays()
    {
        Directory.CreateDirectory(_folder.File("drawn"));
        var mine = Path.Combine(_folder.File("drawn"), PictureSource.FileName);
        foreach (var text in new[] { "{ \"camera\": 5 }", "notes", "[1]" })
        {
            File.WriteAllText(mine, text);
            Draw(null, count: 1);
            Assert.Equal(text, File.ReadAllText(mine));
        }
    }

    [Fact]
    public void Execute_ClassesThatCannotBeWritten_LeaveWhosePhotographItIs()
    {
        Directory.CreateDirectory(_folder.File("drawn/classes.csv/in-the-way"));
        var said = new List<string>();
        Assert.ThrowsAny<Exception>(() => Draw(new PictureSource { Files = [_one] }, 1, "0", announce: said.Add));
        Assert.True(File.Exists(Path.Combine(_folder.File("drawn"), PictureSource.FileName)));
        Assert.Contains(said, line => line.Contains("share them only as you may share that", StringComparison.Ordinal));
    }

    [Fact]
    public void Execute_DamagedPicture_IsToldOf()
    {
        using var picture = NetVips.Image.NewFromFile(_one);
        var (bytes, damaged, said) = (picture.JpegsaveBuffer(), _folder.File("damaged.jpg"), new List<string>());
        bytes.AsSpan(bytes.Length / 2, bytes.Length / 4).Clear();
        File.WriteAllBytes(damaged, bytes);
        new PictureSource { Files = [damaged] }.Read(Side, said.Add);
        Assert.StartsWith($"warning: {damaged}: Corrupt JPEG data", Assert.Single(said), StringComparison.Ordinal);
    }

    private void Refuse(PictureSource source, string words, string? label = null, string? sampler = null)
    {
        var failure = Assert.Throws<InputException>(() => Draw(source, 1, label, sampler: sampler));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.File("drawn"), PictureSource.FileName)));
    }

    private byte[][] Draw(
        PictureSource? source, int count, string? label = null, double? guidance = null, string? sampler = null, Action<string>? announce = null,
        int steps = 5)
    {
        var output = _folder.File("drawn");
        var request = new SampleRequest { Count = count, Seed = 1, Threads = 1, Guidance = guidance, Sampler = sampler, Steps = steps };
        SamplingRun.Execute(
            s_model, output, force: true, label, request, source: source, announce: announce, cancellation: TestContext.Current.CancellationToken);
        return [.. Enumerable.Range(0, count).Select(index => ImageFile.ReadRgb(DrawnImages.PathOf(output, index)).Pixels)];
    }

    private string Picture(int index)
    {
        var file = _folder.File($"phantom-{index}.png");
        PngFile.Write(file, PhantomRenderer.Render(PhantomParameters.Sample(5, index), Whole), Whole, Whole);
        return file;
    }

    private static byte[] Framed(string file) => new PictureSource { Files = [file] }.Read(Side).Pictures[0];

    private static byte[] Mirrored(byte[] pixels) =>
        [.. Enumerable.Range(0, Side * Side).SelectMany(i => pixels.AsSpan(3 * (i / Side * Side + Side - 1 - i % Side), 3).ToArray())];

    // The mean absolute difference of the pixels of some columns, of 255.
    private static double Distance(byte[] one, byte[] other, Func<int, bool>? columns = null) =>
        Enumerable.Range(0, one.Length).Where(i => columns?.Invoke(i / 3 % Side) ?? true).Average(i => (double)Math.Abs(one[i] - other[i]));
}
