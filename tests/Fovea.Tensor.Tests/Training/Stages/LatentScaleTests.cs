using Fovea.Imaging.Datasets;
using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Stages;

[Collection(nameof(MemoryMeasurements))]
public sealed class LatentScaleTests(TinyRun runs) : IClassFixture<TinyRun>
{
    [Fact]
    public void Measure_SomeImages_IsOneOverTheDeviationOfTheirMeans()
    {
        using var dataset = ImageDataset.Open(runs.Dataset);
        using var model = Networks.Autoencoder(Networks.Quantum);
        int[] indices = [1, 2, 5, 8, 13, 21];
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var values = indices.SelectMany(i => TensorSpans.ToArray<float>(model.Encode(ImageTensors.FromDataset(dataset, [i])).Mean)).Select(v => (double)v)
            .ToArray();
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        // The same float32 latents but for the order of sums in a larger batch.
        Assert.Equal(1 / deviation, LatentScale.Measure(model, dataset, indices), 1e-4 / deviation);
    }

    [Fact]
    public void Measure_ConstantLatents_IsOne()
    {
        using var dataset = ImageDataset.Open(runs.Dataset);
        using var model = Networks.Autoencoder(Networks.Classical);
        foreach (var (name, parameter) in model.named_parameters().Where(p => p.name.Split('.')[..^1] is ["encoder", "output" or "shortcut"]))
        {
            using var span = TensorSpans.Open<float>(parameter);
            span.Values.Fill(name.EndsWith("bias", StringComparison.Ordinal) ? 0.5f : 0);
        }

        Assert.Equal(1, LatentScale.Measure(model, dataset, [0, 1, 2]));
    }
}
