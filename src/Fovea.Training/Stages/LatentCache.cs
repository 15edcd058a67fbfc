using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using Fovea.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>
/// The training images' latents, encoded once: posterior means times the latent scale, of each image and of its mirror image. They stay on the
/// autoencoder's device.
/// </summary>
public sealed class LatentCache : IDisposable
{
    private const int Batch = 32;
    private const string Name = "latents";
    private const string SourceKey = "fovea.source";
    private readonly Tensor _latents;

    private LatentCache(Tensor latents) => _latents = latents;

    /// <summary>Number of images; the tensor holds twice as many latents.</summary>
    public int Count => (int)_latents.shape[0] / 2;

    /// <summary>
    /// Opens the cache file when it was made by the same autoencoder from the same dataset, and makes it otherwise.
    /// </summary>
    /// <param name="path">The cache file.</param>
    /// <param name="autoencoderHash">Content hash of the autoencoder's file.</param>
    /// <param name="model">The autoencoder.</param>
    /// <param name="latentScale">Factor to unit standard deviation.</param>
    /// <param name="dataset">The dataset; its training images are encoded.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Looked at before each batch; nothing is left behind.</param>
    /// <param name="announce">Told when the file is damaged; it is made anew then.</param>
    public static LatentCache OpenOrCreate(
        string path, string autoencoderHash, Autoencoder model, double latentScale, ImageDataset dataset,
        IProgress<ProgressUpdate>? progress, CancellationToken cancellation, Action<string>? announce = null)
    {
        using var scope = NewDisposeScope();
        var source = $"{autoencoderHash} {dataset.ContentHash}";
        if (Find(path, source, announce) is { } found) return new LatentCache(found.to(model.Device()).DetachFromDisposeScope());
        var latents = Encode(model, latentScale, dataset, progress, cancellation);
        var content = new Dictionary<string, Tensor> { [Name] = latents };
        SafetensorsFile.Save(
            path,
            content,
            new Dictionary<string, string> { [SourceKey] = source, [ContentDigest.Key] = ContentDigest.Compute(content, source) });
        return new LatentCache(latents.DetachFromDisposeScope());
    }

    /// <summary>Latents [batch, latentChannels, height, width] of items in [0, Count), mirrored where asked.</summary>
    public Tensor Select(IReadOnlyList<int> items, IReadOnlyList<bool> flip)
    {
        using var rows = tensor([.. items.Select((item, i) => (long)item + (flip[i] ? Count : 0))], device: _latents.device);
        return _latents.index_select(0, rows);
    }

    /// <inheritdoc />
    public void Dispose() => _latents.Dispose();

    // It is a cache: what is wrong with it is told and made good.
    private static Tensor? Find(string path, string source, Action<string>? announce)
    {
        if (!File.Exists(path)) return null;
        try
        {
            if (SafetensorsFile.LoadHeader(path).Metadata.GetValueOrDefault(SourceKey) != source) return null;
            var content = SafetensorsFile.Load(path);
            ContentDigest.Require(content, source, path);
            return content.Tensors.TryGetValue(Name, out var latents) ? latents : throw new InputException($"{path}: holds no latents");
        }
        catch (InputException e)
        {
            announce?.Invoke($"warning: {e.Message}; the latents are made anew");
            return null;
        }
    }

    private static Tensor Encode(
        Autoencoder model, double latentScale, ImageDataset dataset, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using Scalar scale = (float)latentScale;
        var indices = dataset.IndicesOf(Split.Train);
        var (device, parts) = (model.Device(), new List<Tensor>());
        foreach (var flip in new[] { false, true })
        {
            foreach (var chunk in indices.Chunk(Batch))
            {
                cancellation.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var images = ImageTensors.FromDataset(dataset, chunk, [.. chunk.Select(_ => flip)], device);
                parts.Add(model.Encode(images).Mean.mul(scale).MoveToOuterDisposeScope());
                progress?.Report(new ProgressUpdate("encoding latents", Math.Min(parts.Count * (long)Batch, 2L * indices.Count), 2L * indices.Count, "images"));
            }
        }

        return cat(parts, 0).MoveToOuterDisposeScope();
    }
}

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
        var picked = EvenPick.Of(indices, count);
        var device = model.Device();
        double sum = 0, squares = 0, values = 0;
        foreach (var chunk in picked.Chunk(Batch))
        {
            using var scope = NewDisposeScope();
            var mean = model.Encode(ImageTensors.FromDataset(dataset, chunk, device: device)).Mean.to_type(ScalarType.Float64);
            sum += mean.sum().ToDouble();
            squares += mean.Squared().sum().ToDouble();
            values += mean.numel();
        }

        var variance = squares / values - sum / values * (sum / values);
        return variance > 0 ? 1 / Math.Sqrt(variance) : 1;
    }
}
