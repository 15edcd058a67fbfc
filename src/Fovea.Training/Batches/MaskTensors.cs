using Fovea.Imaging.Datasets;
using static TorchSharp.torch;

namespace Fovea.Training.Batches;

/// <summary>
/// Makes batches of masks [batch, classes + 1, side, side] as denoisers take them: for each class how much of a pixel belongs to it, 0 to 1, and a last plane
/// of 1 where the mask is told and of 0 where it is not, which differs from an empty mask.
/// </summary>
internal static class MaskTensors
{
    /// <summary>The masks of a dataset's images; null for a dataset without masks.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="indices">The images.</param>
    /// <param name="device">Where the batch goes.</param>
    /// <param name="isTold">Which masks are told; null for all. An image without masks has none to tell.</param>
    /// <param name="flip">Which are mirrored left to right.</param>
    public static Tensor FromDataset(ImageDataset dataset, IReadOnlyList<int> indices, Device device, IReadOnlyList<bool>? isTold = null,
        IReadOnlyList<bool>? flip = null)
    {
        var masks = dataset.Masks ?? throw new ArgumentException($"{dataset.Folder} has no masks", nameof(dataset));
        return FromBytes([.. indices.Select((index, i) => masks.Has(index) && (isTold is null || isTold[i]) ? masks[index].ToArray() : null)],
            masks.Names.Count, dataset.Size, device, flip);
    }

    /// <summary>Masks of bytes [classes, side, side]; null for one that is not told.</summary>
    public static Tensor FromBytes(IReadOnlyList<byte[]?> masks, int classes, int side, Device device, IReadOnlyList<bool>? flip = null)
    {
        var (plane, length) = (side * side, (classes + 1) * side * side);
        var values = new float[masks.Count * length];
        for (var i = 0; i < masks.Count; i++)
        {
            if (masks[i] is not { } mask) continue;
            var to = values.AsSpan(i * length, length);
            for (var k = 0; k < classes * plane; k++) to[flip is not null && flip[i] ? k - k % side + side - 1 - k % side : k] = mask[k] / (float)byte.MaxValue;
            to[(classes * plane)..].Fill(1);
        }

        return tensor(values, [masks.Count, classes + 1, side, side], device: device);
    }
}
