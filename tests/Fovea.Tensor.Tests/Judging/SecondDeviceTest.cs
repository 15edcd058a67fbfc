using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;
using Fovea.Judging.Assessment;
using Fovea.Judging.Features;
using Fovea.Judging.Features.Fundus;
using Fovea.Judging.Grading;
using Fovea.Judging.Provenance;
using Fovea.Judging.Training;
using Fovea.Tests.Torch;
using Fovea.Tests.Torch.Runtime;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Training.Runs;

namespace Fovea.Tests.Judging;

/// <summary>Every judge, and a step of the training of each, on a device beside the CPU: no tensor is made elsewhere, and the numbers are the CPU's.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class SecondDeviceTest(QualityDataset data) : IClassFixture<QualityDataset>
{
    private static readonly JudgeOptions Tiny = new() { Steps = 4, Batch = 12, Width = 8 };

    [Fact]
    public void FundusNet_OnASecondDevice_HasTheCpusFeatures() => AssertSame(compute => Features(FeatureNetworks.Open(FeatureNetworks.Shipped, 1, compute)));

    [Fact]
    public void SqueezeNet_OnASecondDevice_HasTheCpusFeatures()
    {
        var path = data.NewFolder() + ".safetensors";
        using (var module = new SqueezeNetModule())
        {
            SeededInitialization.Apply(module, 1);
            ModuleWeights.Save(module, path);
        }

        AssertSame(compute => Features(FeatureNetworks.Open(path, 1, compute)));
    }

    [Fact]
    public void Grader_OnASecondDevice_GivesTheCpusGrades() => AssertSame(compute =>
    {
        using var judge = NamedGrader.Open(ShippedJudges.Graders[0], side: 0, 1, compute);
        var grades = judge.Grader.Grade(Images(judge.Grader.Side), TestContext.Current.CancellationToken);
        return [.. grades.SelectMany(grade => new[] { grade.Good, (double)grade.Usable, grade.Reject })];
    });

    [Fact]
    public void GraderStep_OnASecondDevice_IsTheCpus()
    {
        using var dataset = ImageDataset.Open(data.Dataset);
        AssertSame(compute => Steps(new GraderStage(Tiny, dataset, QualityLabels.Of(dataset, Split.Train), (_, _) => { }, compute), compute));
    }

    [Fact]
    public void FundusStep_OnASecondDevice_IsTheCpus()
    {
        using var dataset = ImageDataset.Open(data.Dataset);
        var labels = FundusLabels.Read(Path.Combine(data.Dataset, PhantomDataset.TableName), dataset);
        AssertSame(compute => Steps(new FundusStage(Tiny, dataset, labels, labels.ImagesOf(dataset, Split.Train), (_, _) => { }, compute), compute));
    }

    [Fact]
    public void ClassStep_OnASecondDevice_IsTheCpus()
    {
        var images = Images(32);
        int[] labels = [.. images.Select((_, i) => i % 3)];
        AssertSame(compute => Steps(new ClassStage(Tiny, images, labels, 32, ["a", "b", "c"], compute: compute), compute));
    }

    private static double[] Features(IFeatureNetwork network)
    {
        using (network) return [.. network.Extract(Images(network.Facts.Side), TestContext.Current.CancellationToken).Select(value => (double)value)];
    }

    // A ramp with a disc, brighter from image to image.
    private static byte[][] Images(int side) =>
    [
        .. Enumerable.Range(0, 3).Select(image => Enumerable.Range(0, 3 * side * side).Select(at =>
        {
            var (x, y) = (at / 3 % side - (side / 2), at / 3 / side - (side / 2));
            return (byte)((x * x) + (y * y) < side * side / 5 ? 60 + (40 * image) + (30 * (at % 3)) + (60 * x / side) : 0);
        }).ToArray()),
    ];

    private static double[] Steps(ITrainingStage stage, ComputeContext compute)
    {
        SecondDevice.Settle(compute);
        using var owned = stage;
        return [.. new[] { 0L, 1L }.SelectMany(step => Settled(stage.Step(step), compute).OrderBy(figure => figure.Key, StringComparer.Ordinal).Select(figure => figure.Value))];
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
