using Fovea.Imaging.Datasets;
using Fovea.Tests.Torch;
using Fovea.Tests.Torch.Runtime;
using Fovea.Torch.Runtime;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;

namespace Fovea.Tests.Training.Stages;

/// <summary>Steps of both networks, sampling and measuring on a device beside the CPU: no tensor is made elsewhere, and the numbers are the CPU's.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class SecondDeviceTests(TinyRun runs) : IClassFixture<TinyRun>
{
    private const string Circuits = "quantum.enabled=true";
    private const string Classical = "quantum.enabled=false";

    [Theory(Explicit = true)] // Minutes: the lazy graph is compiled anew for each number that is read.
    [InlineData(Classical, "autoencoder.training.discriminator_weight=0.1", "autoencoder.training.discriminator_start=0")]
    [InlineData(Circuits, "quantum.autoencoder=[\"encoder.middle\"]", "quantum.qubits=2", "quantum.layers=1")]
    public void AutoencoderStep_OnASecondDevice_IsTheCpus(params string[] settings)
    {
        var config = TinyRun.Config(settings).WithDevice("cpu");
        using var dataset = ImageDataset.Open(runs.Dataset);
        AssertSame(compute =>
        {
            using var folder = RunFolder.ForTraining(runs.NewFolder(), config, resume: false);
            using var stage = new AutoencoderStage(config, dataset, folder, compute);
            return Steps(stage, compute);
        });
    }

    [Theory(Explicit = true)] // Minutes: the lazy graph is compiled anew for each number that is read.
    [InlineData(Classical)]
    [InlineData(Circuits, "quantum.denoiser=[\"middle\"]", "quantum.qubits=2", "quantum.layers=1")]
    public void DenoiserStep_OnASecondDevice_IsTheCpus(params string[] settings)
    {
        var config = TinyRun.Config(settings).WithDevice("cpu");
        using var dataset = ImageDataset.Open(runs.Dataset);
        var trained = Path.Combine(runs.Finished(Classical), "autoencoder.safetensors");
        AssertSame(compute =>
        {
            using var folder = RunFolder.ForTraining(runs.NewFolder(), config, resume: false);
            var (autoencoder, metadata) = AutoencoderFile.Load(trained, TinyRun.Config(Classical), compute);
            using var owned = autoencoder;
            using var latents = LatentCache.OpenOrCreate(folder.Latents, "hash", autoencoder, metadata.LatentScale, dataset, null, CancellationToken.None);
            using var held = new HeldOutLatents(autoencoder, metadata.LatentScale, dataset);
            using var stage = new DenoiserStage(
                config, dataset, latents, new LatentCodec(autoencoder, metadata.LatentScale), folder, compute)
            {
                HeldOut = held,
            };
            return Steps(stage, compute);
        });
    }

    [Theory]
    [InlineData("ddpm")]
    [InlineData("dpm-solver++")]
    public void Sampling_OnASecondDevice_DrawsTheCpusImages(string sampler)
    {
        var request = new SampleRequest { Count = 1, Seed = 5, Sampler = sampler, Steps = 2, Classes = [1], Guidance = 2 };
        byte[][] Draw(ComputeContext compute)
        {
            using var folder = RunFolder.Open(runs.Finished(Classical));
            using var model = TrainedModel.Load(folder, TinyRun.Config(Classical), compute);
            return [.. model.Sampler.Sample(request, TestContext.Current.CancellationToken)];
        }

        foreach (var (cpu, second) in Draw(SecondDevice.Cpu).Zip(Draw(SecondDevice.Compute)))
            Assert.All(cpu.Zip(second), pixel => Assert.InRange(pixel.Second - pixel.First, -1, 1));
    }

    [Fact]
    public void Figures_OnASecondDevice_AreTheCpus()
    {
        using var dataset = ImageDataset.Open(runs.Dataset);
        using var folder = RunFolder.Open(runs.Finished(Classical));
        AssertSame(compute =>
        {
            using var model = TrainedModel.Load(folder, TinyRun.Config(Classical), compute);
            var quality = ReconstructionQuality.Measure(model.Autoencoder, dataset, TestContext.Current.CancellationToken);
            var losses = HeldOutLoss.Measure(TinyRun.Config(Classical), model, dataset, Split.Val, 1, TestContext.Current.CancellationToken);
            return [quality.Psnr, quality.Ssim, quality.L1, .. losses];
        });
    }

    // Two steps, so that the second sees what the optimizer and the average made of the first; then held-out images and the average's state.
    private static double[] Steps(ITrainingStage stage, ComputeContext compute)
    {
        SecondDevice.Settle(compute);
        var figures = new[] { 0L, 1L }.SelectMany(
            step => Settled(stage.Step(step), compute).OrderBy(figure => figure.Key, StringComparer.Ordinal)
                .Select(figure => figure.Value))
            .ToList();
        return [stage.CircuitsPerStep, .. figures, stage.HeldOutLoss()!.Value];
    }

    private static IReadOnlyDictionary<string, double> Settled(IReadOnlyDictionary<string, double> figures, ComputeContext compute)
    {
        SecondDevice.Settle(compute);
        return figures;
    }

    private static void AssertSame(Func<ComputeContext, double[]> measure)
    {
        var (cpu, second) = (measure(SecondDevice.Cpu), measure(SecondDevice.Compute));
        Assert.Equal(cpu.Length, second.Length);
        Assert.All(cpu.Zip(second), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * (1e-2 + Math.Abs(pair.First))));
    }
}
