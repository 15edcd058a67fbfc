namespace Fovea.Evaluation.Metrics;

/// <summary>A generated image and the training image nearest to it.</summary>
/// <param name="Generated">Number of the generated image.</param>
/// <param name="Training">Number of the training image.</param>
/// <param name="FeatureDistance">Euclidean distance of their features.</param>
/// <param name="Percentile">Share of held-out images, 0 to 1, whose own nearest training image is at most as far.</param>
/// <param name="PixelDistance"><see cref="AlignedPixelDistance"/>, 0 to 255; null when no images were given.</param>
public sealed record ClosePair(int Generated, int Training, double FeatureDistance, double Percentile, double? PixelDistance = null);
