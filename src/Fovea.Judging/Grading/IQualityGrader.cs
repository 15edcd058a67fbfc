namespace Fovea.Judging.Grading;

/// <summary>A judge of whether images can be read.</summary>
public interface IQualityGrader : IDisposable
{
    /// <summary>Side of its input in pixels.</summary>
    int Side { get; }

    /// <summary>Grades images.</summary>
    /// <param name="images">[count]: 8-bit RGB rows [side, side, 3].</param>
    /// <param name="cancellation">Stops it between batches.</param>
    IReadOnlyList<GradeProbabilities> Grade(IReadOnlyList<byte[]> images, CancellationToken cancellation = default);
}
