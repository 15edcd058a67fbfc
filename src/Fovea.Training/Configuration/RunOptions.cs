namespace Fovea.Training.Configuration;

/// <summary>The <c>[run]</c> section.</summary>
public sealed record RunOptions
{
    /// <summary>Steps between checkpoints.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>Checkpoints kept for each stage.</summary>
    public required int KeepCheckpoints { get; init; }

    /// <summary>Steps between lines in the log.</summary>
    public required int LogEvery { get; init; }

    /// <summary>Steps between picture grids.</summary>
    public required int GridEvery { get; init; }
}
