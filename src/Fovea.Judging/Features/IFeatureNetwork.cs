using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Features;

/// <summary>A network that turns an image into numbers, on which distances between sets of images are measured.</summary>
public interface IFeatureNetwork : IDisposable
{
    /// <summary>Name, hash, dimensions, input side and convention.</summary>
    NetworkFacts Facts { get; }

    /// <summary>Features of images, row by row.</summary>
    /// <param name="images">Rows of 8-bit RGB pixels [side, side, 3], the side that of <see cref="Facts"/>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>[count × dimensions], row by row.</returns>
    float[] Extract(IReadOnlyList<byte[]> images, CancellationToken cancellation = default);
}
