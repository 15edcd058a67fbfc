using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Features;

/// <summary>A network that makes features of images.</summary>
public interface IFeatureNetwork : IDisposable
{
    /// <summary>Name, hash, dimensions, side and convention of the input.</summary>
    NetworkFacts Facts { get; }

    /// <summary>The features of images, [count · dimensions], row by row.</summary>
    /// <param name="images">[count]: rows of 8-bit RGB pixels [side, side, 3] at the network's side.</param>
    /// <param name="cancellation">Stops it between batches.</param>
    float[] Extract(IReadOnlyList<byte[]> images, CancellationToken cancellation = default);
}
