using System.Globalization;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using Fovea.Training.Evaluation;
using static TorchSharp.torch;

namespace Fovea.Training.DeviceNoise;

/// <summary>Compares images pair by pair: pixels, structure, and latents of the run's autoencoder as features.</summary>
/// <param name="autoencoder">The autoencoder, its circuits ideal.</param>
/// <param name="latentScale">The factor that makes its latents one standard deviation wide.</param>
/// <param name="side">Side of the images in pixels.</param>
internal sealed class LevelComparison(Autoencoder autoencoder, double latentScale, int side)
{
    private const int Batch = 64;
    private const double Brightest = 255;

    /// <summary>The result of a level.</summary>
    public LevelResult Compare(NoiseLevel level, IReadOnlyList<byte[]> images, IReadOnlyList<byte[]> noiseless, IReadOnlyList<string> inserted, double seconds)
    {
        var (features, reference) = (Features(images), Features(noiseless));
        var squares = images.Zip(noiseless, (a, b) => Mean(a, b, difference => difference * difference)).ToList();
        var pairs = Enumerable.Range(0, images.Count);
        return new LevelResult(
            level.Name,
            level.Profile,
            level.Scale,
            images.Count,
            squares.Count(square => square == 0) / (double)images.Count,
            squares.Average() is > 0 and var square ? 10 * Math.Log10(Brightest * Brightest / square) : null,
            MeanInterval.Estimate([.. images.Zip(noiseless, (a, b) => Mean(a, b, Math.Abs))]),
            MeanInterval.Estimate(Similarity(images, noiseless)),
            MeanInterval.Estimate([.. features.Zip(reference, Distance)]),
            MeanInterval.Estimate([.. pairs.Select(k => Distance(features[k], features[(k + 1) % images.Count]))]),
            inserted,
            seconds,
            ReconstructionQuality.PublishedRange);
    }

    private static double Mean(byte[] a, byte[] b, Func<double, double> of)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += of(a[k] - b[k]);
        return sum / a.Length;
    }

    private static double Distance(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
        return Math.Sqrt(sum / a.Length);
    }

    private List<double> Similarity(IReadOnlyList<byte[]> images, IReadOnlyList<byte[]> noiseless)
    {
        using var noGradient = no_grad();
        using var similarity = new StructuralSimilarity();
        var values = new List<double>(images.Count);
        for (var first = 0; first < images.Count; first += Batch)
        {
            using var scope = NewDisposeScope();
            var chunk = similarity.PerImage(Load(images, first), Load(noiseless, first));
            values.AddRange(TensorSpans.ToArray<float>(chunk).Select(value => (double)value));
        }

        return values;
    }

    private List<float[]> Features(IReadOnlyList<byte[]> images)
    {
        using var noGradient = no_grad();
        var features = new List<float[]>(images.Count);
        for (var first = 0; first < images.Count; first += Batch)
        {
            using var scope = NewDisposeScope();
            var latents = autoencoder.Encode(Load(images, first)).Mean;
            var values = TensorSpans.ToArray<float>(latents);
            features.AddRange(values.Chunk(values.Length / (int)latents.shape[0]).Select(one => Array.ConvertAll(one, v => (float)(v * latentScale))));
        }

        return features;
    }

    private Tensor Load(IReadOnlyList<byte[]> images, int first) =>
        ImageTensors.FromPixels([.. images.Skip(first).Take(Batch)], side, autoencoder.Device());
}

/// <summary>What a level's images are like beside the noiseless images of equal numbers.</summary>
/// <param name="Name">The level.</param>
/// <param name="Profile">The device, or null.</param>
/// <param name="Scale">Factor on its noise.</param>
/// <param name="Images">Images drawn.</param>
/// <param name="Identical">Share of images without a single different pixel.</param>
/// <param name="Psnr">dB of the mean squared difference over all images; null where nothing differs.</param>
/// <param name="Difference">Mean absolute difference of pixels, in steps of 8 bits.</param>
/// <param name="Ssim">Structural similarity.</param>
/// <param name="FeatureDistance">Root mean square difference of the autoencoder's latents, in their standard deviations.</param>
/// <param name="Diversity">
/// The same distance between neighbouring images of this level. Each image is in two pairs, which the interval takes for independent: it is a little narrow.
/// </param>
/// <param name="Inserted">What the device adds to each circuit, a line each.</param>
/// <param name="Seconds">Time that the level took to draw.</param>
/// <param name="SsimRange">The range of the pixels that <paramref name="Ssim"/> was computed on; null in older files, where it was [−1, 1] and not [0,
/// 1].</param>
public sealed record LevelResult(
    string Name,
    string? Profile,
    double Scale,
    int Images,
    double Identical,
    double? Psnr,
    MeanInterval Difference,
    MeanInterval Ssim,
    MeanInterval FeatureDistance,
    MeanInterval Diversity,
    IReadOnlyList<string> Inserted,
    double Seconds,
    string? SsimRange = null);

/// <summary>A mean over images with the half width of its 95 % interval, 1.96 standard errors.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">The half width; 0 for a single image.</param>
public sealed record MeanInterval(double Mean, double HalfWidth)
{
    private const double NormalQuantile = 1.96;

    /// <summary>The interval of some values.</summary>
    public static MeanInterval Estimate(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / Math.Max(values.Count - 1, 1);
        return new(mean, NormalQuantile * Math.Sqrt(variance / values.Count));
    }
}

/// <summary>One device at one factor of its noise.</summary>
/// <param name="Profile">The device's name, or null for no noise.</param>
/// <param name="Source">The shipped name or file that it came from.</param>
/// <param name="Scale">Factor on its noise.</param>
public sealed record NoiseLevel(string? Profile, string? Source, double Scale)
{
    /// <summary>Ideal circuits.</summary>
    public static NoiseLevel Ideal { get; } = new(null, null, 0);

    /// <summary>Name in tables and of the level's folder: "noiseless", "heavy-hex-x0.25".</summary>
    public string Name => Profile is null ? "noiseless" : string.Create(CultureInfo.InvariantCulture, $"{Profile}-x{Scale}");
}
