namespace Fovea.Judging.Assessment.Results;

/// <summary>A file that gave no image.</summary>
/// <param name="File">Its path.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedImage(string File, string Reason);
