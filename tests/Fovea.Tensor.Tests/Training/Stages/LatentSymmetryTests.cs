using Fovea.Imaging.Datasets;
using Fovea.Tests.Torch;
using Fovea.Training.Batches;
using Fovea.Training.Runs;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Stages;

/// <summary>Turned and halved latents decode to turned and halved images, and nothing else changes.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class LatentSymmetryTests(TinyRun runs) : IClassFixture<TinyRun>
{
    [Fact]
    public void Apply_QuarterTurn_IsAgainstTheClock()
    {
        using var scope = NewDisposeScope();
        var map = tensor(new float[] { 1, 2, 3, 4 }, [1, 1, 2, 2]);
        Assert.Equal([2, 4, 1, 3], new LatentSymmetry(1, false).Apply(map).data<float>().ToArray());
        Assert.Equal([4, 3, 2, 1], new LatentSymmetry(2, false).Apply(map).data<float>().ToArray());
        Assert.Equal([3, 1, 4, 2], new LatentSymmetry(3, false).Apply(map).data<float>().ToArray());
    }

    [Fact]
    public void Apply_Halved_IsTheMeanOfEachSquareTurnedOrNot()
    {
        using var scope = NewDisposeScope();
        var map = arange(16, dtype: ScalarType.Float32).reshape(1, 1, 4, 4);
        Assert.Equal([2.5f, 4.5f, 10.5f, 12.5f], new LatentSymmetry(0, true).Apply(map).data<float>().ToArray());
        Assert.Equal([4.5f, 12.5f, 2.5f, 10.5f], new LatentSymmetry(1, true).Apply(map).data<float>().ToArray());
    }

    [Theory]
    [InlineData(16, 7)]
    [InlineData(5, 3)]
    public void At_ShareOfSteps_EachOfTheOthersAsOften(int side, int others)
    {
        const int Steps = 7000;
        const double Share = 0.4;
        var drawn = Enumerable.Range(0, Steps).Select(step => LatentSymmetry.At(3, step, Share, side)).CountBy(symmetry => symmetry).ToDictionary();
        Assert.Equal(others + 1, drawn.Count);
        Assert.All(drawn, pair => Assert.InRange(pair.Value, 0.85 * Expected(pair.Key), 1.15 * Expected(pair.Key)));
        Assert.True(side % 2 == 0 || !drawn.Keys.Any(symmetry => symmetry.Halved));
        double Expected(LatentSymmetry symmetry) => Steps * (symmetry == default ? 1 - Share : Share / others);
    }

    [Fact]
    public void At_ShareZero_IsNone() => Assert.All(Enumerable.Range(0, 1000), step => Assert.Equal(default, LatentSymmetry.At(3, step, 0, 16)));

    [Fact]
    public void Train_WithIt_TurnedLatentsDecodeToTurnedImages()
    {
        var (without, with) = (ErrorOfTurnedLatents(0), ErrorOfTurnedLatents(0.5));
        Assert.True(with < 0.85 * without, $"{with} with, {without} without");
    }

    // The mean absolute difference between the decoded turned latents and the turned images.
    private double ErrorOfTurnedLatents(double share)
    {
        var config = TinyRun.Config("autoencoder.training.steps=80", FormattableString.Invariant($"autoencoder.training.equivariance={share}"));
        var folder = runs.Train(config, stage: Fovea.Training.TrainingStage.Autoencoder);
        using var scope = NewDisposeScope();
        using var none = no_grad();
        using var model = AutoencoderFile.Load(Path.Combine(folder, "autoencoder.safetensors"), config).Model;
        using var dataset = ImageDataset.Open(runs.Dataset);
        var images = ImageTensors.FromDataset(dataset, dataset.IndicesOf(Split.Train), device: CPU);
        var turn = new LatentSymmetry(1, false);
        return model.Decode(turn.Apply(model.Encode(images).Mean)).sub(turn.Apply(images)).abs().mean().item<float>();
    }
}
