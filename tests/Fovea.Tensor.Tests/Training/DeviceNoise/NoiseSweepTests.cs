using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Imaging.Decoding;
using Fovea.Tests.Torch;
using Fovea.Training.DeviceNoise;
using Fovea.Training.Layers;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Training.DeviceNoise;

[Collection(nameof(MemoryMeasurements))]
public sealed class NoiseSweepTests(TinyRun runs) : IClassFixture<TinyRun>
{
    private const int Count = 3;
    private static readonly string[] Levels = ["noiseless", "heavy-hex-x1", "heavy-hex-x20", "trapped-ion-x1", "trapped-ion-x20"];

    [Fact]
    public void Execute_TwoDevices_WritesLevelsTablesAndPictures()
    {
        var request = Request(profiles: ["heavy-hex", "trapped-ion"], scales: [20, 0, 1]);
        var announced = new List<string>();
        var results = Sweep(request with { Announce = announced.Add });
        Assert.Equal(Levels, results.Select(result => result.Name));
        Assert.Equal(
            Levels.Concat(["grid-heavy-hex.png", "grid-trapped-ion.png", "noise.csv", "noise.json", "noise.png", "sweep.json"]).Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(request.Output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var level in Levels)
        {
            Assert.Equal(
                ["000000.png", "000001.png", "000002.png", "level.json"],
                Directory.GetFiles(Path.Combine(request.Output, level)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }

        var table = File.ReadAllLines(Path.Combine(request.Output, "noise.csv"));
        Assert.StartsWith("level,profile,scale,images,identical,psnr_db,", table[0], StringComparison.Ordinal);
        Assert.Equal(Levels, table.Skip(1).Select(line => line.Split(',')[0]));
        Assert.All(table, line => Assert.Equal(table[0].Split(',').Length, line.Split(',').Length));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(request.Output, "noise.json")));
        Assert.Equal(Levels, json.RootElement.EnumerateArray().Select(level => level.GetProperty("name").GetString()));
        // The grids have a row a level of their device, and the chart is far larger than an image.
        var grid = ImageFile.ReadRgb(Path.Combine(request.Output, "grid-heavy-hex.png"));
        Assert.True(grid.Height >= 3 * 32 && grid.Width >= Count * 32 && grid.Width < 4 * 40, $"{grid.Width} x {grid.Height}");
        Assert.True(ImageFile.ReadRgb(Path.Combine(request.Output, "noise.png")).Width >= 1000);
        Assert.Contains(
            announced, line => line.StartsWith("heavy-hex-x1: ", StringComparison.Ordinal) && line.Contains("Compiled to heavy-hex", StringComparison.Ordinal));
    }

    [Fact]
    public void Execute_LevelWithoutItsImagesOrItsResult_IsDrawnAgain()
    {
        var request = Request(scales: [1]);
        var whole = Sweep(request)[1];
        var folder = Path.Combine(request.Output, "heavy-hex-x1");
        var image = File.ReadAllBytes(Path.Combine(folder, "000002.png"));
        File.Delete(Path.Combine(folder, "000002.png"));
        Assert.Equal(whole with { Seconds = 0, Inserted = [] }, Sweep(request)[1] with { Seconds = 0, Inserted = [] });
        Assert.Equal(image, File.ReadAllBytes(Path.Combine(folder, "000002.png")));
        foreach (var damaged in new[] { "{\"name\":", "[]", "{\"name\":\"heavy-hex-x1\",\"seconds\":\"x\"}" })
        {
            File.WriteAllText(Path.Combine(folder, "level.json"), damaged);
            Assert.Equal(whole with { Seconds = 0, Inserted = [] }, Sweep(request)[1] with { Seconds = 0, Inserted = [] });
        }
    }

    /// <summary>A run may come to sample otherwise with the weights that it had: that is another sweep. Those of before do not say how it did.</summary>
    [Fact]
    public void Execute_RunThatSamplesOtherwiseSince_IsRefused_AndAnOlderSweepGoesOn()
    {
        var (own, request) = (runs.NewFolder(), Request(scales: [0]));
        Directory.CreateDirectory(own);
        foreach (var file in Directory.GetFiles(request.Run)) File.Copy(file, Path.Combine(own, Path.GetFileName(file)));
        request = request with { Run = own };
        Sweep(request);
        var (config, sweep) = (Path.Combine(own, "config.toml"), Path.Combine(request.Output, "sweep.json"));
        var said = JsonNode.Parse(File.ReadAllText(sweep))!.AsObject();
        File.WriteAllText(config, File.ReadAllText(config).Replace("sampler = \"ddim\"", "sampler = \"euler\"", StringComparison.Ordinal));
        AssertRefused(request, "holds another noise sweep", "its sampling");
        said.Remove("sampling");
        File.WriteAllText(sweep, said.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        Sweep(request);
        Assert.Contains("\"sampler\": \"euler\"", File.ReadAllText(sweep), StringComparison.Ordinal);
        // Of before guidance by attention: it drew without.
        File.WriteAllText(sweep, said.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        File.WriteAllText(config, File.ReadAllText(config).Replace("attention_guidance = 0.0", "attention_guidance = 0.2", StringComparison.Ordinal));
        AssertRefused(request, "holds another noise sweep");
    }

    [Fact]
    public void Execute_FewShotsWithoutNoise_IsALevelThatChangesTheImages()
    {
        var request = Request(scales: [0, 1]) with { Shots = 4 };
        var results = Sweep(request);
        // What is measured depends on how many images are drawn together.
        AssertRefused(request with { Batch = 3 }, "holds another noise sweep", "batch");
        Assert.Equal(["noiseless", "heavy-hex-x0", "heavy-hex-x1"], results.Select(result => result.Name));
        Assert.True(results[1].Difference.Mean > 0);
        Assert.NotEqual(results[1].Difference, results[2].Difference);
    }

    [Fact]
    public void Execute_Results_CompareWithTheNoiselessImages()
    {
        var request = Request(scales: [0.5, 20]);
        var results = Sweep(request);
        var (ideal, half, twenty) = (results[0], results[1], results[2]);
        Assert.Equal((1, (double?)null, 0, 0), (ideal.Identical, ideal.Psnr, ideal.Difference.Mean, ideal.FeatureDistance.Mean));
        Assert.Equal(1, ideal.Ssim.Mean, 1e-6); // single precision
        Assert.True(ideal.Diversity.Mean > 0);
        Assert.Equal(((double?)0.5, "heavy-hex", Count), (half.Scale, half.Profile, half.Images));
        Assert.True(half.Difference.Mean < twenty.Difference.Mean && half.FeatureDistance.Mean < twenty.FeatureDistance.Mean);
        Assert.True(twenty.Psnr < half.Psnr && twenty.Ssim.Mean < half.Ssim.Mean && twenty.Identical == 0);
        // By hand, from the files.
        var differences = Enumerable.Range(0, Count)
            .Select(k => Pixels(request, "heavy-hex-x20", k).Zip(Pixels(request, "noiseless", k), (a, b) => Math.Abs(a - b)).Average()).ToList();
        Assert.Equal(differences.Average(), twenty.Difference.Mean, 1e-9);
        // A level of the older SSIM, which its file does not name the range of, is measured again from its images.
        var file = Path.Combine(request.Output, "heavy-hex-x20", "level.json");
        File.WriteAllText(
            file, File.ReadAllText(file).Replace("\"ssim_range\": \"[0, 1]\"", "\"ssim_range\": null", StringComparison.Ordinal)
                .Replace("\"images\": ", "\"images\": 1", StringComparison.Ordinal));
        Assert.Equal((twenty.Images, twenty.Ssim, "[0, 1]"), Sweep(request)[2] is var again ? (again.Images, again.Ssim, again.SsimRange) : default);
    }

    [Fact]
    public void Execute_Levels_AreTheImagesOfPlainSampling()
    {
        var request = Request(scales: [1]);
        Sweep(request);
        var backend = new DeviceBackend(ShippedProfiles.Find("heavy-hex"));
        foreach (var (level, noise) in new[] { ("noiseless", null), ("heavy-hex-x1", new LayerNoise(backend)) })
        {
            var output = runs.NewFolder();
            var sample = new SampleRequest { Count = Count, Seed = request.Seed, Batch = request.Batch };
            SamplingRun.Execute(request.Run, output, force: false, null, sample, noise, cancellation: TestContext.Current.CancellationToken);
            for (var k = 0; k < Count; k++)
                Assert.Equal(File.ReadAllBytes(Path.Combine(output, $"{k:D6}.png")), File.ReadAllBytes(Path.Combine(request.Output, level, $"{k:D6}.png")));
        }
    }

    /// <summary>After the first level, and within the second.</summary>
    [Fact]
    public void Execute_InterruptedAndContinued_EndsAsUninterrupted()
    {
        var whole = Request(scales: [20]);
        var expected = Sweep(whole);
        foreach (var (images, kill) in new[] { (Count, false), (Count + 2, false), (Count + 2, true) })
        {
            var parts = Request(scales: [20]);
            using var interruption = new Interruption("noise sweep", images, kill);
            var failure = Record.Exception(() => NoiseSweep.Execute(parts with { Progress = interruption }, interruption.Token));
            Assert.True(failure is OperationCanceledException or Interruption.KilledException, $"{failure}");
            Assert.True(File.Exists(Path.Combine(parts.Output, "noiseless", "level.json")));
            Assert.False(File.Exists(Path.Combine(parts.Output, "heavy-hex-x20", "level.json")));
            Assert.False(File.Exists(Path.Combine(parts.Output, "noise.json")));
            var actual = Sweep(parts);
            Assert.Equivalent(expected.Select(result => result with { Seconds = 0 }), actual.Select(result => result with { Seconds = 0 }), strict: true);
            foreach (var level in new[] { "noiseless", "heavy-hex-x20" })
            {
                for (var k = 0; k < Count; k++) Assert.Equal(Pixels(whole, level, k), Pixels(parts, level, k));
            }
        }
    }

    [Fact]
    public void Execute_FinishedSweepAgain_DrawsNothing()
    {
        var request = Request(scales: [1]);
        var first = Sweep(request);
        var progress = new Reports();
        Assert.Equivalent(first, Sweep(request with { Progress = progress }), strict: true);
        Assert.Equal(0, progress.Count);
    }

    [Fact]
    public void Execute_ShotsAndMitigation_ChangeTheImages()
    {
        var (exact, shots, mitigated) = (
            Request(scales: [1]), Request(scales: [1]) with { Shots = 20 }, Request(scales: [1]) with { Mitigation = Mitigation.ZeroNoise });
        foreach (var request in new[] { exact, shots, mitigated }) Sweep(request with { Count = 1 });
        Assert.Equal(Pixels(exact, "noiseless", 0), Pixels(shots, "noiseless", 0));
        Assert.NotEqual(Pixels(exact, "heavy-hex-x1", 0), Pixels(shots, "heavy-hex-x1", 0));
        Assert.NotEqual(Pixels(exact, "heavy-hex-x1", 0), Pixels(mitigated, "heavy-hex-x1", 0));
    }

    [Fact]
    public void Execute_AnotherSweepsFolder_IsRefused()
    {
        var request = Request(scales: [0]);
        Sweep(request);
        foreach (var other in new[]
        {
            request with { Seed = 6 }, request with { Count = 4 }, request with { Steps = 3 }, request with { Shots = 9 }, request with { Scales = [0, 1] },
            request with { Profiles = ["trapped-ion"] }, request with { Mitigation = Mitigation.Readout }, request with { Run = runs.Finished("seed=9") },
        })
        {
            AssertRefused(other, request.Output, "another noise sweep");
        }
        // The batch is no part of what is drawn.
        Sweep(request with { Batch = 3 });
        AssertRefused(request with { Output = runs.Dataset }, runs.Dataset, "not empty");
    }

    [Fact]
    public void Execute_ScaleZeroOnly_DrawsTheNoiselessLevel()
    {
        var request = Request(scales: [0]);
        Assert.Equal(["noiseless"], Sweep(request).Select(result => result.Name));
        Assert.True(File.Exists(Path.Combine(request.Output, "noise.png")));
        Assert.Equal(["noiseless"], Directory.GetDirectories(request.Output).Select(Path.GetFileName));
    }

    [Fact]
    public void Execute_ClassicalRun_IsRefused()
    {
        var request = Request(scales: [1]) with { Run = runs.Finished("quantum.enabled=false") };
        AssertRefused(request, request.Run, "has no quantum layers");
        Assert.False(Path.Exists(request.Output));
        var sample = new SampleRequest { Count = 1, Seed = 0 };
        var failure = Assert.Throws<InputException>(() => SamplingRun.Execute(
            request.Run, request.Output, force: false, null, sample,
            new LayerNoise(new DeviceBackend(ShippedProfiles.Find("heavy-hex"))),
            cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("has no quantum layers", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_BrokenRequest_IsRefusedInOneLineAndWritesNothing()
    {
        var request = Request(scales: [1]);
        AssertRefused(request with { Scales = [] }, "Scales", "0 to 1000");
        AssertRefused(request with { Scales = [double.NaN] }, "Scales NaN");
        AssertRefused(request with { Scales = [1, -1] }, "Scales 1,-1");
        AssertRefused(request with { Scales = [1, 2, 1] }, "Scales 1,2,1 names a factor twice");
        AssertRefused(request with { Profiles = [] }, "Profiles is empty", "heavy-hex");
        AssertRefused(request with { Profiles = ["heavy-hex", "heavy-hex"] }, "device heavy-hex is named twice");
        AssertRefused(request with { Profiles = ["havy-hex"] }, "did you mean 'heavy-hex'?");
        AssertRefused(request with { Count = 0 }, "Count 0");
        AssertRefused(request with { Batch = 0 }, "Batch 0");
        AssertRefused(request with { Seed = -1 }, "Seed -1");
        AssertRefused(request with { Shots = 0 }, "shots = 0");
        AssertRefused(request with { Run = runs.Dataset }, runs.Dataset, "is not a run folder");
        Assert.False(Path.Exists(request.Output));
    }

    private NoiseSweepRequest Request(string[]? profiles = null, params double[] scales) => new()
    {
        Run = runs.Finished(),
        Output = runs.NewFolder(),
        Profiles = profiles ?? ["heavy-hex"],
        Scales = scales,
        Count = Count,
        Seed = 5,
        Batch = 2,
    };

    private static IReadOnlyList<LevelResult> Sweep(NoiseSweepRequest request) => NoiseSweep.Execute(request, TestContext.Current.CancellationToken);

    private static byte[] Pixels(NoiseSweepRequest request, string level, int image) =>
        ImageFile.ReadRgb(Path.Combine(request.Output, level, $"{image:D6}.png")).Pixels;

    private static void AssertRefused(NoiseSweepRequest request, params string[] parts)
    {
        var failure = Assert.Throws<InputException>(() => Sweep(request));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    private sealed class Reports : IProgress<ProgressUpdate>
    {
        internal int Count { get; private set; }

        public void Report(ProgressUpdate value) => Count++;
    }
}
