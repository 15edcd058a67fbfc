using Fovea.Tests.Torch;
using Fovea.Torch.Safetensors;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using TorchSharp;

namespace Fovea.Tests.Training.Stages;

/// <summary>Circuits' weights at a rate of their own, and what the log tells of them.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class CircuitRateTests(TinyRun runs) : IClassFixture<TinyRun>
{
    private const string Rate = "denoiser.training.circuit_rate=0.05";

    [Fact]
    public void Execute_OwnRate_MovesTheAnglesAsTheLogSays()
    {
        var (common, own) = (Log(runs.Finished()), Log(runs.Finished(Rate)));
        Assert.True(
            own.Last("circuit_displacement") > 10 * common.Last("circuit_displacement"),
            $"{common.Last("circuit_displacement")}, {own.Last("circuit_displacement")}");
        // Adam moves each angle by about the rate in each of the six steps.
        Assert.InRange(own.Last("circuit_displacement")!.Value, 0.05, 6 * 0.05);

        var config = TinyRun.Config(Rate);
        using var scope = torch.NewDisposeScope();
        var run = runs.Finished(Rate);
        using var state = SafetensorsFile.Load(
            Directory.GetFiles(Path.Combine(run, "checkpoints"), "denoiser-*.safetensors").Order(StringComparer.Ordinal).Last());
        var (trained, metadata) = DenoiserFile.Load(Path.Combine(run, "denoiser.safetensors"), config);
        using var average = trained;
        using var start = DenoiserFile.Create(config, metadata);
        double[] moved =
        [
            .. start.named_parameters().Where(entry => entry.name.EndsWith(".weights", StringComparison.Ordinal))
                .SelectMany(entry => state.Tensors["model." + entry.name].sub(entry.parameter).to(torch.float64).data<double>()),
        ];
        Assert.Equal(Math.Sqrt(moved.Average(angle => angle * angle)), own.Last("circuit_displacement")!.Value, 1e-6);
    }

    // The weights of the start in place of the trained ones change the loss, for as long as it is measured; all together are not the sum of each.
    [Fact]
    public void Execute_OwnRate_LogsWhatTheCircuitsShareIs()
    {
        var log = Log(runs.Finished(Rate));
        Assert.NotEqual(0, log.Last("circuit_share"));
        Assert.Equal(2, log.Names.Count(name => name.StartsWith("circuit_share.", StringComparison.Ordinal)));
        Assert.True(Math.Abs(Log(runs.Finished()).Last("circuit_share")!.Value) < Math.Abs(log.Last("circuit_share")!.Value));
        Assert.Equal(6, log.Series("circuit_share").Steps.Max());
        // To measure it more often leaves the weights as they are.
        var often = runs.Finished(Rate, "run.grid_every=2");
        Assert.Equal([2.0, 4, 6], Log(often).Series("circuit_share").Steps);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(runs.Finished(Rate), "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(often, "denoiser.safetensors")));
    }

    [Fact]
    public void Execute_ControlOrFrozenLayer_LogsNoDisplacement()
    {
        Assert.Null(Log(runs.Finished("quantum.denoiser_layer=frozen", Rate)).Last("circuit_share"));
        Assert.Null(Log(runs.Finished("quantum.denoiser_layer=identity", Rate)).Last("circuit_displacement"));
        Assert.Null(Log(runs.Finished("quantum.denoiser_layer=frozen", Rate)).Last("circuit_displacement"));
    }

    [Fact]
    public void Execute_OwnRateInterrupted_EndsBitIdentical()
    {
        var folder = runs.NewFolder();
        using (var interruption = new Interruption("denoiser", 3, kill: false))
            Assert.ThrowsAny<OperationCanceledException>(() => runs.Train(TinyRun.Config(Rate), folder, interruption: interruption));
        runs.Train(TinyRun.Config(Rate), folder, resume: true);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(runs.Finished(Rate), "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(folder, "denoiser.safetensors")));
        Assert.Equal(Log(runs.Finished(Rate)).Last("circuit_displacement"), Log(folder).Last("circuit_displacement"));
    }

    [Theory]
    [InlineData("denoiser.training.circuit_rate=-1", "denoiser.training.circuit_rate")]
    [InlineData("quantum.projection=2", "allowed: 1, 3")]
    [InlineData("quantum.start_range=4", "quantum.start_range")]
    public void FromToml_OutOfRange_IsRefused(string setting, string words) =>
        Assert.Contains(words, Assert.Throws<Fovea.Core.Errors.InputException>(() => TinyRun.Config(setting)).Message, StringComparison.Ordinal);

    // Weights of before there were the settings say nothing about them; others than the values of then make another network.
    [Fact]
    public void ShapeOf_LaterSettings_AreNamedOnlyWhereTheyMatter()
    {
        string Shape(params string[] settings) => AutoencoderMetadata.ArchitectureOf(TinyRun.Config(settings));
        Assert.Equal(Shape(), Shape("quantum.projection=1", "quantum.start_range=0.1", "autoencoder.training.circuit_rate=0.01"));
        Assert.DoesNotContain("projection", Shape(), StringComparison.Ordinal);
        Assert.Contains("quantum.projection = 3", Shape("quantum.projection=3"), StringComparison.Ordinal);
    }

    private static MetricsHistory Log(string run) => new(Path.Combine(run, "metrics.jsonl"), "denoiser");
}
