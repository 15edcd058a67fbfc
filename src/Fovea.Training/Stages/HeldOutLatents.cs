using Fovea.Core;
using Fovea.Imaging.Datasets;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Runtime;
using Fovea.Training.Batches;
using Fovea.Training.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>
/// Latents of a dataset's validation images, evenly picked when there are many, with their labels and masks: a denoiser is measured on them while it is
/// trained.
/// </summary>
public sealed class HeldOutLatents : IDisposable
{
    /// <summary>Timesteps that each is measured at.</summary>
    internal const int Timesteps = HeldOutLoss.TimestepsPerImage;

    private const int MostImages = 32;
    private readonly Tensor? _latents;
    private readonly Tensor? _masks;
    private readonly IReadOnlyList<int?> _labels;

    /// <summary>Encodes them: posterior means times the latent scale.</summary>
    public HeldOutLatents(Autoencoder model, double latentScale, ImageDataset dataset)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using Scalar scale = (float)latentScale;
        var held = dataset.IndicesOf(Split.Val);
        var count = Math.Min(MostImages, held.Count);
        var picked = EvenPick.Of(held, count);
        _labels = [.. picked.Select(i => dataset.Entries[i].Label)];
        if (count > 0) _latents = model.Encode(ImageTensors.FromDataset(dataset, picked, device: model.Device())).Mean.mul(scale).DetachFromDisposeScope();
        if (count > 0 && dataset.Masks is not null) _masks = MaskTensors.FromDataset(dataset, picked, model.Device()).DetachFromDisposeScope();
    }

    /// <summary>Number of images.</summary>
    public int Count => _labels.Count;

    /// <inheritdoc />
    public void Dispose()
    {
        _latents?.Dispose();
        _masks?.Dispose();
    }

    /// <summary>Latents of some images, each as often as it has timesteps, and their labels and masks where the network knows such.</summary>
    internal (Tensor Latents, Tensor? Labels, Tensor? Masks) Select(int[] images, int classCount, int maskCount)
    {
        var device = _latents!.device;
        using var rows = tensor([.. images.Select(i => (long)i)], device: device);
        var labels = classCount == 0
            ? null
            : tensor([.. images.SelectMany(i => Enumerable.Repeat((long)(_labels[i] ?? classCount), Timesteps))], device: device);
        return (_latents.index_select(0, rows).repeat_interleave(Timesteps, 0), labels, maskCount == 0 ? null
            : _masks!.index_select(0, rows).repeat_interleave(Timesteps, 0));
    }
}
