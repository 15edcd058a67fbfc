namespace Fovea.Imaging.Datasets;

/// <summary>A source file that gave no image.</summary>
/// <param name="File">The path relative to the source.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record SkippedFile(string File, string Reason);
