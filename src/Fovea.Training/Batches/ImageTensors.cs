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
