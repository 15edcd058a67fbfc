using Fovea.Diffusion.Losses;
using Fovea.Diffusion.Predictions;
using Fovea.Imaging.Datasets;
using Fovea.Models.Denoisers;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>
/// A denoiser's error on images that it was not trained on: the mean of (output − target)² over the latent, the target that of the run's
/// own prediction (v, ε, x0 or flow), every timestep weighted alike, without min-SNR's weight. Image i is measured at the same timesteps, one in
/// each of <see cref="TimestepsPerImage"/> equal parts of the process, and with the same noise for every model of a seed. Errors of two
/// models are comparable when they share the autoencoder and the prediction, as their targets are then equal.
/// </summary>
public static class HeldOutLoss
{
    /// <summary>Timesteps at which an image is measured.</summary>
    public const int TimestepsPerImage = 8;

    private const int Batch = 8;

    /// <summary>The error of each image of a split, in the order of the split: its mean over the timesteps.</summary>
    /// <param name="config">The run's configuration.</param>
    /// <param name="model">Its networks.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">The split.</param>
    /// <param name="seed">Seed of timesteps and noise; not the run's, so that runs of several seeds are measured alike.</param>
    /// <param name="cancellation">Looked at before each batch.</param>
    public static IReadOnlyList<double> Measure(
        RunConfig config, TrainedModel model, ImageDataset dataset, Split split, int seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        using var noGradient = no_grad();
        var loss = new DiffusionLoss(DiffusionProcess.ScheduleOf(config.Diffusion), PredictionKinds.Parse(config.Diffusion.Prediction), new UniformWeighting());
        var values = new List<double>();
        foreach (var chunk in dataset.IndicesOf(split).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var first = values.Count;
            values.AddRange(CollectionPause.Run(() => OfBatch(config, model, loss, dataset, chunk, first, seed)));
        }

        return values;
    }

    private static double[] OfBatch(RunConfig config, TrainedModel model, DiffusionLoss loss, ImageDataset dataset, int[] indices, int first, int seed)
    {
        using var scope = NewDisposeScope();
        using Scalar scale = (float)model.LatentScale;
        var device = model.Denoiser.Device();
        var latents = model.Autoencoder.Encode(ImageTensors.FromDataset(dataset, indices, device: device)).Mean.mul(scale);
        var clean = latents.repeat_interleave(TimestepsPerImage, 0);
        var shape = latents.shape;
        shape[0] = TimestepsPerImage;
        var noise = cat([.. indices.Select((_, i) => RandomStream.HeldOutNoise.NormalAt(seed, first + i, shape, device))], 0);
        var timesteps = tensor([.. indices.SelectMany((_, i) => Timesteps(config.Diffusion.Timesteps, seed, first + i))], device: device);
        var masks = model.Denoiser.MaskCount == 0 || dataset.Masks is null ? null
            : MaskTensors.FromDataset(dataset, indices, device).repeat_interleave(TimestepsPerImage, 0);
        var errors = loss.PerSample((noisy, at) => model.Denoiser.call(noisy, at, Labels(model.Denoiser, dataset, indices), masks), clean, noise, timesteps);
        var all = TensorSpans.ToArray<float>(errors);
        return [.. all.Chunk(TimestepsPerImage).Select(one => one.Average(value => (double)value))];
    }

    /// <summary>The timesteps that an image is measured at, one in each of equal parts of the process.</summary>
    internal static IEnumerable<long> Timesteps(int count, int seed, long image)
    {
        var random = RandomStream.HeldOutTimesteps.At(seed, image);
        for (var part = 0; part < TimestepsPerImage; part++)
            yield return Math.Min(count - 1, (long)((part + random.NextDouble()) * count / TimestepsPerImage));
    }

    private static Tensor? Labels(UNet denoiser, ImageDataset dataset, int[] indices) => denoiser.ClassCount == 0 ? null : tensor(
        [.. indices.SelectMany(i => Enumerable.Repeat((long)(dataset.Entries[i].Label ?? denoiser.ClassCount), TimestepsPerImage))], device: denoiser.Device());
}
