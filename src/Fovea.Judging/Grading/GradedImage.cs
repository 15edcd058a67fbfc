namespace Fovea.Judging.Grading;

/// <summary>A picture file and its verdict.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Probabilities">The verdict; null for a file that gives no image.</param>
/// <param name="Skipped">Why there is no verdict; null when there is one.</param>
public sealed record GradedImage(string File, GradeProbabilities? Probabilities, string? Skipped)
{
    /// <summary>Name of the grader that gave the verdict; empty where there is none.</summary>
    public string Grader { get; init; } = "";

    /// <summary>What was damaged, where the decoder made up a part of the picture; null for a sound file.</summary>
    public string? Repair { get; init; }
}
