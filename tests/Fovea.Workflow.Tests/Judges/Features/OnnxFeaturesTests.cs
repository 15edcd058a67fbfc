using System.Runtime.InteropServices;
using Fovea.Core.Errors;
using Fovea.Judges.Features;
using Fovea.Judges.Features.Onnx;

namespace Fovea.Tests.Judges.Features;

public sealed class OnnxFeaturesTests : IDisposable
{
    private const int Side = 8;
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void Extract_PutsPixelsAsTheFileSays(int batch)
    {
        using var network = OnnxFeatures.Load(
            Network([batch, 3, Side, Side], "size = 8\nrange = [-1, 1]\nmean = [0.5, 0, 0]\nstd = [2, 1, 1]\norder = \"BGR\"\nname = \"means\""));
        Assert.Equal(
            ("means", 3, Side, false),
            (network.Description.Name, network.Description.Dimensions, network.Description.Side, network.Description.IsInception));
        var images = Enumerable.Range(0, 6).Select(k => Plain((byte)(10 * k), 51, 255)).ToArray();
        var features = network.Extract(images, TestContext.Current.CancellationToken);
        Assert.Equal(18, features.Length);
        for (var k = 0; k < 6; k++)
        {
            // Blue comes first: 255 → 1, 51 → −0.6, then red over its own mean and deviation.
            Assert.Equal(
                [1f, -0.6f, (float)(((20.0 * k / 255) - 1 - 0.5) / 2)],
                features[(3 * k)..((3 * k) + 3)].Select(value => (float)Math.Round(value, 6)),
                (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    /// <summary>The library would send what it runs on to its makers.</summary>
    [Fact]
    public void Load_TheLibrary_IsToldToReportToNobody()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the library sees the environment of .NET");
        using var network = OnnxFeatures.Load(Network([-1, 3, Side, Side], "size = 8"));
        Assert.Equal("1", Marshal.PtrToStringUTF8(NativeSetting("ORT_DISABLE_TELEMETRY")));
    }

    [DllImport("libc.so.6", EntryPoint = "getenv")]
    private static extern IntPtr NativeSetting([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [Fact]
    public void Facts_OfAnotherConvention_HaveAnotherHash()
    {
        var path = Network([-1, 3, Side, Side], "size = 8");
        using var first = OnnxFeatures.Load(path);
        Assert.Equal((first.Description.Hash, first.Description.Hash), (FeatureNetworks.HashOf(path), NamedGrader.HashOf(path, Side)));
        using var second = OnnxFeatures.Load(Network([-1, 3, Side, Side], "size = 8\nrange = [-1, 1]"));
        Assert.NotEqual(first.Description.Hash, second.Description.Hash);
    }

    // One graph, other weights beside it: the file itself is the same to the byte.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Facts_OfOtherWeightsBesideTheSameGraph_HaveAnotherHash(bool inConstant)
    {
        var path = Path.Combine(_folder, "net.onnx");
        File.WriteAllText(path + ".toml", "size = 8");
        var found = new List<(string Hash, string Graph, float Red)>();
        foreach (var red in new[] { 1f, 2f })
        {
            OnnxFile.WriteExternal(path, Side, ("net.onnx.data", [red, 1, 1]), inConstant);
            using var network = OnnxFeatures.Load(path);
            // Other weights are seen through the cache as they are without one.
            var features = new FeatureCache(Path.Combine(_folder, "cache"))
                .Get(network.Description, new string('0', 64), 1, () => network.Extract([Plain(255, 0, 0)]));
            found.Add((network.Description.Hash, Fovea.Core.Files.FileHash.Compute(path), features[0]));
            Assert.Equal((network.Description.Hash, network.Description.Hash), (FeatureNetworks.HashOf(path), NamedGrader.HashOf(path, Side)));
        }

        Assert.Equal(found[0].Graph, found[1].Graph);
        Assert.NotEqual(found[0].Hash, found[1].Hash);
        Assert.Equal((1f, 2f), (found[0].Red, found[1].Red));
    }

    [Fact]
    public void HashOf_WeightsThatAreMissing_IsOneLine()
    {
        var path = Path.Combine(_folder, "net.onnx");
        File.WriteAllText(path + ".toml", "size = 8");
        OnnxFile.WriteExternal(path, Side, ("weights.bin", [1, 1, 1]));
        File.Delete(Path.Combine(_folder, "weights.bin"));
        Assert.Contains("weights.bin, which is missing", Assert.Throws<InputException>(() => FeatureNetworks.HashOf(path)).Message, StringComparison.Ordinal);
        // An ONNX file without external data names no file, nor does one that is damaged.
        File.WriteAllText(path, "no network");
        Assert.Equal(64, FeatureNetworks.HashOf(path).Length);
    }

    // Ranges that four digits do not tell apart, another name, and the name FID are other figures.
    [Theory]
    [InlineData("size = 8\nrange = [0, 0.12345]", "size = 8\nrange = [0, 0.12349]")]
    [InlineData("size = 8\nname = \"a\"", "size = 8\nname = \"b\"")]
    [InlineData("size = 8\nname = \"a\"", "size = 8\nname = \"a\"\nfid_inception = true")]
    public void HashOf_AnyOtherDescription_IsAnotherHash(string first, string second)
    {
        var path = Path.Combine(_folder, "net.onnx");
        OnnxFile.Write(path, [-1, 3, Side, Side]);
        File.WriteAllText(path + ".toml", first);
        var hash = FeatureNetworks.HashOf(path);
        File.WriteAllText(path + ".toml", first + "\n# a remark\n");
        Assert.Equal(hash, FeatureNetworks.HashOf(path));
        File.WriteAllText(path + ".toml", second);
        Assert.NotEqual(hash, FeatureNetworks.HashOf(path));
    }

    [Fact]
    public void FrechetName_IsFidOnlyWhereTheFileSaysInception()
    {
        using var plain = OnnxFeatures.Load(Network([-1, 3, Side, Side], "size = 8\nname = \"net\""));
        using var inception = OnnxFeatures.Load(Network([-1, 3, Side, Side], "size = 8\nfid_inception = true"));
        Assert.Equal(("FD(net)", "FID"), (plain.Description.FrechetName, inception.Description.FrechetName));
    }

    [Theory]
    [InlineData("", "allowed: a whole number from 1 to 2048")]
    [InlineData("size = 16", "size 16 of its .toml does not fit")]
    [InlineData("size = 8\nrange = [0]", "range")]
    [InlineData("size = 8\nstd = [1, 0, 1]", "std")]
    [InlineData("size = 8\nsizes = 8", "unknown setting 'sizes'")]
    [InlineData("size = 8\noutput = \"feature\"", "has no output 'feature'")]
    public void Load_WrongDescription_IsOneLine(string toml, string told)
    {
        var failure = Assert.Throws<InputException>(() => OnnxFeatures.Load(Network([-1, 3, Side, Side], toml)));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Load_OtherShapes_AreRefused()
    {
        Assert.Contains("[batch, 3, size, size]", Refusal([-1, 4, Side, Side]), StringComparison.Ordinal);
        Assert.Contains("allowed: float [batch, 3, height, width]", Refusal([-1, 3, Side]), StringComparison.Ordinal);
        Assert.Contains("allowed: float [batch, features]", Refusal([-1, 3, Side, Side], "Relu"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoNetworkOrNoDescription_IsOneLine()
    {
        var path = Path.Combine(_folder, "broken.onnx");
        Assert.Contains("no such file", Assert.Throws<InputException>(() => OnnxFeatures.Load(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "no network");
        Assert.Contains(".toml: missing", Assert.Throws<InputException>(() => OnnxFeatures.Load(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path + ".toml", "size = 8");
        Assert.Contains("cannot be run as a network", Assert.Throws<InputException>(() => OnnxFeatures.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grader_OfThreeOutputs_GivesProbabilities()
    {
        using var grader = OnnxGrader.Load(Network([-1, 3, Side, Side], "size = 8\nrange = [0, 10]"));
        var verdict = Assert.Single(grader.Grade([Plain(255, 0, 0)], TestContext.Current.CancellationToken));
        Assert.Equal(1, verdict.Good + verdict.Usable + verdict.Reject, 1e-12);
        Assert.Equal(1 / (1 + (2 * Math.Exp(-10))), verdict.Good, 1e-6);
        Assert.True(verdict.IsGradable);
    }

    private string Refusal(int[] shape, string operation = "GlobalAveragePool")
    {
        var path = Path.Combine(_folder, "odd.onnx");
        OnnxFile.Write(path, shape, operation != "Relu", operation);
        File.WriteAllText(path + ".toml", "size = 8");
        return Assert.Throws<InputException>(() => OnnxFeatures.Load(path)).Message;
    }

    private string Network(int[] shape, string toml)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.onnx");
        OnnxFile.Write(path, shape);
        File.WriteAllText(path + ".toml", toml);
        return path;
    }

    private static byte[] Plain(byte red, byte green, byte blue) => [.. Enumerable.Range(0, Side * Side).SelectMany(_ => new[] { red, green, blue })];
}
