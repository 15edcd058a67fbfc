using Fovea.Imaging.Datasets;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Training.Batches;

/// <summary>Converts between 8-bit images (rows of RGB pixels) and image tensors [batch, 3, side, side] in [−1, 1].</summary>
public static class ImageTensors
{
    /// <summary>
    /// The dataset's images at <paramref name="indices"/>, those marked in <paramref name="flip"/> mirrored left to right, on a device, or the CPU.
    /// </summary>
    public static Tensor FromDataset(ImageDataset dataset, IReadOnlyList<int> indices, IReadOnlyList<bool>? flip = null, Device? device = null)
    {
        var side = dataset.Size;
        var values = new float[indices.Count * 3 * side * side];
        for (var i = 0; i < indices.Count; i++)
            ToPlanes(dataset.GetImage(indices[i]), side, flip is not null && flip[i], values.AsSpan(i * 3 * side * side, 3 * side * side));
        return tensor(values, [indices.Count, 3, side, side], device: device);
    }

    /// <summary>Images of <paramref name="side"/> × <paramref name="side"/> 8-bit RGB pixels as a batch, on a device, or the CPU.</summary>
    public static Tensor FromPixels(IReadOnlyList<byte[]> images, int side, Device? device = null)
    {
        var values = new float[images.Count * 3 * side * side];
        for (var i = 0; i < images.Count; i++)
            ToPlanes(images[i], side, flip: false, values.AsSpan(i * 3 * side * side, 3 * side * side));
        return tensor(values, [images.Count, 3, side, side], device: device);
    }

    /// <summary>Each image of a batch as rows of 8-bit RGB pixels.</summary>
    public static byte[][] ToPixels(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (count, side) = ((int)images.shape[0], (int)images.shape[2]);
        var planes = TensorSpans.ToArray<float>(images.detach().to_type(ScalarType.Float32));
        var results = new byte[count][];
        for (var i = 0; i < count; i++) results[i] = FromPlanes(planes.AsSpan(i * 3 * side * side, 3 * side * side), side);
        return results;
    }

    private static void ToPlanes(ReadOnlySpan<byte> rgb, int side, bool flip, Span<float> planes)
    {
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var from = 3 * (y * side + (flip ? side - 1 - x : x));
                var to = y * side + x;
                for (var channel = 0; channel < 3; channel++) planes[channel * side * side + to] = PixelRange.ToUnit(rgb[from + channel]);
            }
        }
    }

    private static byte[] FromPlanes(ReadOnlySpan<float> planes, int side)
    {
        var rgb = new byte[3 * side * side];
        for (var at = 0; at < side * side; at++)
        {
            for (var channel = 0; channel < 3; channel++)
                rgb[3 * at + channel] = PixelRange.ToPixel(planes[channel * side * side + at]);
        }

        return rgb;
    }
}

/// <summary>
/// The one mapping between 8-bit pixels and network values: 0 … 255 ↔ −1 … 1. Training and sampling both use it.
/// </summary>
public static class PixelRange
{
    /// <summary>A pixel as a network value in [−1, 1].</summary>
    public static float ToUnit(byte pixel) => pixel / 127.5f - 1f;

    /// <summary>A network value as a pixel: rounded to the nearest, clamped; not-a-number becomes 0.</summary>
    public static byte ToPixel(float value) =>
        float.IsNaN(value) ? (byte)0 : (byte)Math.Clamp(MathF.Round((value + 1f) * 127.5f), 0f, 255f);
}

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
