using Fovea.Imaging.Datasets;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>The factor that brings latents to unit standard deviation, as the diffusion process assumes.</summary>
public static class LatentScale
{
    private const int MostImages = 1024;
    private const int Batch = 32;

    /// <summary>
    /// 1 / standard deviation of the posterior means over the training images, evenly picked when there are more than 1,024.
    /// Rombach et al. 2022, appendix G.
    /// </summary>
    public static double Measure(Autoencoder model, ImageDataset dataset, IReadOnlyList<int> indices)
    {
        using var noGradient = no_grad();
        var count = Math.Min(MostImages, indices.Count);
        var picked = Enumerable.Range(0, count).Select(i => indices[(int)((long)i * indices.Count / count)]);
        double sum = 0, squares = 0, values = 0;
        foreach (var chunk in picked.Chunk(Batch))
        {
            using var scope = NewDisposeScope();
            var mean = model.Encode(ImageTensors.FromDataset(dataset, chunk)).Mean.to_type(ScalarType.Float64);
            sum += mean.sum().ToDouble();
            squares += mean.Squared().sum().ToDouble();
            values += mean.numel();
        }

        var variance = squares / values - sum / values * (sum / values);
        return variance > 0 ? 1 / Math.Sqrt(variance) : 1;
    }
}
