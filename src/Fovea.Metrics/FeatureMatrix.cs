using System.Runtime.Intrinsics;
using Fovea.Core.Errors;
using Fovea.Core.Random;

namespace Fovea.Metrics;

/// <summary>
/// What a network sees in images: float32 [images, dimensions], with the network that made it. Features of two networks, or of
/// two versions of one, have nothing to do with each other, so every metric refuses to compare them.
/// </summary>
public sealed class FeatureMatrix
{
    private readonly float[] _values;

    /// <summary>Copies features.</summary>
    /// <param name="values">[images, dimensions], row by row; its length gives the number of images.</param>
    /// <param name="dimensions">Features an image, at least 1.</param>
    /// <param name="network">Name of the network that made them.</param>
    /// <param name="networkHash">Hash of that network's content.</param>
    /// <exception cref="InputException">There is no image, the length is no multiple of the dimensions, or a value is not finite.</exception>
    public FeatureMatrix(ReadOnlySpan<float> values, int dimensions, string network, string networkHash)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(networkHash);
        if (dimensions < 1) throw new InputException($"features of {network}: {dimensions} dimensions; at least 1 is needed");
        if (values.Length % dimensions != 0) throw new InputException($"features of {network}: {values.Length} values are not whole images of {dimensions}");
        if (values.IsEmpty) throw new InputException($"features of {network}: no image; at least 1 is needed");
        (Images, Dimensions, Network, NetworkHash) = (values.Length / dimensions, dimensions, network, networkHash);
        Stride = Padded(dimensions, Vector256<float>.Count);
        _values = new float[Padded(Images, RowPadding) * Stride];
        for (var image = 0; image < Images; image++) Copy(values.Slice(image * dimensions, dimensions), image);
    }

    /// <summary>Rows in memory are a multiple of this, so that kernels need no remainder.</summary>
    internal const int RowPadding = 4;

    /// <summary>Number of images, at least 1.</summary>
    public int Images { get; }

    /// <summary>Features an image, at least 1.</summary>
    public int Dimensions { get; }

    /// <summary>Name of the network that made the features.</summary>
    public string Network { get; }

    /// <summary>Hash of the network's content.</summary>
    public string NetworkHash { get; }

    /// <summary>Floats from one row to the next; those beyond the dimensions are 0, and so are rows beyond the images.</summary>
    internal int Stride { get; }

    /// <summary>The rows with their padding.</summary>
    internal ReadOnlySpan<float> Padding => _values;

    /// <summary>The features of one image [dimensions].</summary>
    public ReadOnlySpan<float> Row(int image)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(image);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(image, Images);
        return _values.AsSpan(image * Stride, Dimensions);
    }

    /// <summary>The features of some images, in the given order; an image may come more than once (a bootstrap's resample).</summary>
    public FeatureMatrix Select(ReadOnlySpan<int> images)
    {
        var chosen = new float[images.Length * Dimensions];
        for (var k = 0; k < images.Length; k++) Row(images[k]).CopyTo(chosen.AsSpan(k * Dimensions));
        return new FeatureMatrix(chosen, Dimensions, Network, NetworkHash);
    }

    /// <summary>Throws unless both come from one network.</summary>
    /// <exception cref="InputException">The dimensions or the networks differ.</exception>
    public void RequireComparable(FeatureMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Dimensions != other.Dimensions)
        {
            throw new InputException(
                $"features of {Dimensions} ({Network}) and {other.Dimensions} dimensions ({other.Network}) cannot be compared: use one network for both");
        }

        if (NetworkHash != other.NetworkHash)
        {
            throw new InputException(
                $"features of networks {Network} ({NetworkHash}) and {other.Network} ({other.NetworkHash}) cannot be compared: use one network for both");
        }
    }

    /// <summary>Throws unless there are enough images.</summary>
    /// <exception cref="InputException">There are fewer.</exception>
    internal void RequireImages(int least, string purpose)
    {
        if (Images < least) throw new InputException($"{purpose}: {Images} images; at least {least} are needed");
    }

    private static int Padded(int count, int multiple) => (count + multiple - 1) / multiple * multiple;

    private void Copy(ReadOnlySpan<float> row, int image)
    {
        for (var k = 0; k < row.Length; k++)
        {
            if (!float.IsFinite(row[k]))
                throw new InputException($"features of {Network}: feature {k} of image row {image} is {row[k]}; every feature must be finite");
        }

        row.CopyTo(_values.AsSpan(image * Stride));
    }
}

/// <summary>Images drawn by seed, each at most once.</summary>
public static class Subsample
{
    /// <summary>All numbers from 0 to <paramref name="count"/> − 1 in a random order.</summary>
    public static int[] Order(int count, ulong seed, ulong stream)
    {
        var order = new int[count];
        for (var k = 0; k < count; k++) order[k] = k;
        new CounterRandom(seed, stream).Shuffle<int>(order);
        return order;
    }

    /// <summary>Some of the images: <paramref name="count"/> of them in a random order, or the matrix itself when it has no more.</summary>
    public static FeatureMatrix Draw(FeatureMatrix features, int count, ulong seed, ulong stream)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.Images <= count ? features : features.Select(Order(features.Images, seed, stream).AsSpan(0, count));
    }
}
