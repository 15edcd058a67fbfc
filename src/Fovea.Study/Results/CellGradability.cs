namespace Fovea.Study.Results;

/// <summary>How many of a cell's images can be read.</summary>
public sealed record CellGradability
{
    /// <summary>The grader's shipped name or file name.</summary>
    public required string Grader { get; init; }

    /// <summary>SHA-256 of its file.</summary>
    public required string GraderHash { get; init; }

    /// <summary>Whether the grader knows none of the cell's training images and their patients; null where that cannot be told.</summary>
    public required bool? IsOutside { get; init; }

    /// <summary>How that was found, or why it cannot be told.</summary>
    public required string OutsideReason { get; init; }

    /// <summary>
    /// One character a generated image, in the order of their numbers: <c>1</c> gradable, <c>0</c> not. Image k of two cells of a seed began
    /// from the same noise, so these are pairs.
    /// </summary>
    public required string Generated { get; init; }

    /// <summary>Real held-out photographs.</summary>
    public required CellCounts Real { get; init; }

    /// <summary>Their reconstructions by the cell's autoencoder: the ceiling.</summary>
    public CellCounts? Reconstructed { get; init; }
}
