using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Diffusion.Sampling;
using Fovea.Models.Graphs;
using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Configuration;
using Fovea.Training.Export;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using static TorchSharp.torch;

namespace Fovea.Tests.Export;

/// <summary>What is exported draws by ONNX Runtime alone, with the program that lies beside it, what <c>fovea sample</c> draws from equal noise.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class OnnxExportTests : IDisposable
{
    private const int Count = 3;
    private const int Seed = 5;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("v", "quantum.enabled=false")]
    [InlineData("epsilon", "quantum.enabled=false", "denoiser.class_conditional=false")]
    [InlineData("flow", "diffusion.schedule=rectified", "sampling.guidance_low=0.4", "sampling.guidance_high=0.6")]
    [InlineData("sample", "quantum.reupload=true", "quantum.encoding=YZX", "quantum.upload_scales=true")]
    [InlineData("v", "quantum.join=mixer", "quantum.shared=false", "quantum.projection=3", "quantum.denoiser=[\"down2\",\"middle\",\"up1\"]")]
    [InlineData("v", "denoiser.mask_conditional=true", "quantum.join=gated")]
    public void Images_ByOnnxRuntimeAlone_AreThoseOfSample(string prediction, params string[] overrides)
    {
        var config = TinyRun.Config([$"diffusion.prediction={prediction}", .. overrides]);
        var (run, output) = (Untrained(config), _folder.File("onnx"));
        OnnxExport.Execute(run, output, cancellation: TestContext.Current.CancellationToken);
        using var opened = RunFolder.Open(run);
        using var model = TrainedModel.Load(opened, config, ComputeContext.Start(1, "cpu"));
        var (classes, masks) = (model.Denoiser.ClassCount > 0, model.Denoiser.MaskCount > 0);
        var shown = masks ? Masks(config.Size) : null;
        var expected = model.Sampler.Sample(
            new SampleRequest
            {
                Count = Count,
                Seed = Seed,
                Sampler = "ddim",
                Steps = 50,
                Class = classes ? 1 : null,
                Guidance = masks ? 1 : 1.5,
                Masks = shown,
            },
            TestContext.Current.CancellationToken);
        using var sampling = new OnnxSampling(output);
        var images = sampling.Draw(Noise(config), classes ? [1, 1, 1] : null, masks ? 1 : 1.5, shown is null ? null : Planes(shown, config.Size));
        Assert.Equal(Count, images.Length);
        for (var k = 0; k < Count; k++)
        {
            Assert.InRange(expected[k].Distinct().Count(), 20, 256);
            for (var at = 0; at < expected[k].Length; at++) Assert.InRange(images[k][at] - expected[k][at], -1, 1);
        }
    }

    // Of a batch that is not the one of any constant, with classes of each image's own.
    [Theory]
    [InlineData("quantum.enabled=false")]
    [InlineData("quantum.denoiser=[\"down1\",\"middle\",\"up2\"]")]
    public void Graphs_OfBothNetworks_GiveWhatTheModulesGive(params string[] overrides)
    {
        var config = TinyRun.Config(overrides);
        using var opened = RunFolder.Open(Untrained(config));
        using var model = TrainedModel.Load(opened, config, ComputeContext.Start(1, "cpu"));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var latents = Networks.Normal(1, 5, 2, config.LatentSize, config.LatentSize);
        var (timesteps, classes) = (tensor(new long[] { 0, 1, 17, 48, 49 }), tensor(new long[] { 0, 1, 2, 3, 4 }));
        var denoiser = NetworkGraphs.Denoiser(model.Denoiser, 2, config.LatentSize, config.Size);
        var predicted = GraphRunner.Run(denoiser, ("latents", latents), ("timesteps", timesteps), ("class_ids", classes));
        GraphRunner.AssertEqual(model.Denoiser.call(latents, timesteps, classes), predicted);
        var decoder = NetworkGraphs.Decoder(model.Autoencoder, model.LatentScale, config.LatentSize);
        var images = model.Autoencoder.Decode(latents.mul((float)(1 / model.LatentScale))).clamp(-1, 1);
        GraphRunner.AssertEqual(images, GraphRunner.Run(decoder, ("latents", latents)));
    }

    [Fact]
    public void Execute_FilesBesideTheGraphs_SayWhatASamplerNeeds()
    {
        var (run, output) = (Untrained(TinyRun.Config()), _folder.File("onnx"));
        OnnxExport.Execute(run, output, cancellation: TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "model.json")));
        var model = document.RootElement;
        Assert.Equal("v", model.GetProperty("prediction").GetString());
        string[] numbers = ["size", "latent_channels", "latent_side", "no_class"];
        Assert.Equal([32, 2, 8, 4], numbers.Select(name => model.GetProperty(name).GetInt32()));
        Assert.Equal(["none", "a b", "c", "d"], model.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        for (var t = 0; t < 50; t++)
            Assert.Equal(1, Math.Pow(model.GetProperty("alphas")[t].GetDouble(), 2) + Math.Pow(model.GetProperty("sigmas")[t].GetDouble(), 2), 1e-12);
        var page = File.ReadAllText(Path.Combine(output, "README.md"));
        Assert.Contains(File.ReadAllText(Path.Combine(output, "Sampling.cs")), page, StringComparison.Ordinal);
        Assert.Contains(File.ReadAllText(Path.Combine(output, "sample.py")), page, StringComparison.Ordinal);
        Assert.Contains("4 for no class", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^[^`\n]*\{[a-z]+\}", page[..page.IndexOf("## Python", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Execute_IntoAFolderThatIsNotEmpty_IsRefusedUnlessForced()
    {
        var (run, output) = (Untrained(TinyRun.Config("quantum.enabled=false")), _folder.File("onnx"));
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(output, "mine.txt"), "kept");
        var refused = Assert.Throws<InputException>(() => OnnxExport.Execute(run, output, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("not empty", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.EnumerateFiles(output).Select(Path.GetFileName));
        OnnxExport.Execute(run, output, force: true, TestContext.Current.CancellationToken);
        Assert.Equal((7, false), (Directory.EnumerateFiles(output).Count(), Directory.Exists(output + ".partial")));
    }

    [Fact]
    public void Execute_IntoTheRunItself_IsRefusedAlsoIfForced()
    {
        var run = Untrained(TinyRun.Config("quantum.enabled=false"));
        var files = Directory.EnumerateFileSystemEntries(run).Order(StringComparer.Ordinal).ToArray();
        var refused = Assert.Throws<InputException>(() => OnnxExport.Execute(run, run + "/", force: true, TestContext.Current.CancellationToken));
        Assert.Contains("is the run itself", refused.Message, StringComparison.Ordinal);
        Assert.Equal(files, Directory.EnumerateFileSystemEntries(run).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Execute_OfACircuitThatIsTooWide_LeavesNothing()
    {
        var (run, output) = (Untrained(TinyRun.Config("quantum.qubits=10", "quantum.reupload=true")), _folder.File("onnx"));
        var refused = Assert.Throws<InputException>(() => OnnxExport.Execute(run, output, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("10 qubits", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output) || Directory.Exists(output + ".partial"));
    }

    private string Untrained(RunConfig config) => UntrainedRun.Write(_folder, config);

    private static float[] Noise(RunConfig config)
    {
        long[] shape = [Count, config.Autoencoder.LatentChannels, config.LatentSize, config.LatentSize];
        using var noise = new CounterNoiseSource(Seed).Normal(shape, 0, ScalarType.Float32, CPU);
        return TensorSpans.ToArray<float>(noise);
    }

    private static byte[][] Masks(int side) =>
        [.. Enumerable.Range(0, Count).Select(k => Enumerable.Range(0, 2 * side * side).Select(at => (byte)(at * (k + 3) % 7 < 2 ? 255 : 0)).ToArray())];

    private static float[] Planes(byte[][] masks, int side) =>
        [.. masks.SelectMany(mask => mask.Select(value => value / 255f).Concat(Enumerable.Repeat(1f, side * side)))];
}
