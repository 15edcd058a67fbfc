namespace Fovea.Judging.Grading;

/// <summary>A picture file and its verdict.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Probabilities">The verdict; null for a file that gives no image.</param>
/// <param name="Skipped">Why there is no verdict; null when there is one.</param>
public sealed record GradedImage(string File, GradeProbabilities? Probabilities, string? Skipped);
