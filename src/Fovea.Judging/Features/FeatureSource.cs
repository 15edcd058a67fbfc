using Fovea.Core.Progress;
using Fovea.Evaluation.Features;
using Fovea.Judging.Assessment.Images;

namespace Fovea.Judging.Features;

/// <summary>Features of sets of images by one network, from the cache where they are in it.</summary>
/// <param name="network">The network.</param>
/// <param name="cache">What was measured before.</param>
/// <param name="progress">Told how far it is.</param>
public sealed class FeatureSource(IFeatureNetwork network, FeatureCache cache, IProgress<ProgressUpdate>? progress)
{
    private const int Chunk = 256;

    /// <summary>The features of a set's images, which are brought to the network's side first.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellation">Stops it between chunks.</param>
    /// <exception cref="Core.Errors.InputException">A feature is not finite.</exception>
    public FeatureMatrix Of(ImageSet images, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        return cache.Get(network.Facts, images.Facts.ContentHash, images.Count, () => Measure(images, cancellation));
    }

    private float[] Measure(ImageSet images, CancellationToken cancellation)
    {
        var (facts, values) = (network.Facts, new float[images.Count * network.Facts.Dimensions]);
        for (var first = 0; first < images.Count; first += Chunk)
        {
            var chunk = images.At(facts.Side, first, Chunk);
            network.Extract(chunk, cancellation).CopyTo(values, first * facts.Dimensions);
            progress?.Report(new ProgressUpdate($"features of {facts.Name}", first + chunk.Length, images.Count, "images"));
        }

        return values;
    }
}
