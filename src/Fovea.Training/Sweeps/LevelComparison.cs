using Fovea.Models.Autoencoders;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using Fovea.Training.Evaluation;
using Fovea.Training.Losses;
using static TorchSharp.torch;

namespace Fovea.Training.Sweeps;

/// <summary>Compares images pair by pair: pixels, structure, and latents of the run's autoencoder as features.</summary>
/// <param name="autoencoder">The autoencoder, its circuits ideal.</param>
/// <param name="latentScale">The factor that makes its latents one standard deviation wide.</param>
/// <param name="side">Side of the images in pixels.</param>
internal sealed class LevelComparison(Autoencoder autoencoder, double latentScale, int side)
{
    private const int Batch = 64;
    private const double Brightest = 255;

    /// <summary>The result of a level.</summary>
    public LevelResult Of(NoiseLevel level, IReadOnlyList<byte[]> images, IReadOnlyList<byte[]> noiseless, IReadOnlyList<string> inserted, double seconds)
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
            MeanInterval.Of([.. images.Zip(noiseless, (a, b) => Mean(a, b, Math.Abs))]),
            MeanInterval.Of(Similarity(images, noiseless)),
            MeanInterval.Of([.. features.Zip(reference, Distance)]),
            MeanInterval.Of([.. pairs.Select(k => Distance(features[k], features[(k + 1) % images.Count]))]),
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
        ImageTensors.FromPixels([.. images.Skip(first).Take(Batch)], side);
}
