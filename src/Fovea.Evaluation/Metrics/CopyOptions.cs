namespace Fovea.Evaluation.Metrics;

/// <summary>Settings of <see cref="Memorisation"/>.</summary>
public sealed record CopyOptions
{
    /// <summary>Number of closest pairs to list, 0 or more.</summary>
    public int ClosestPairs { get; init; } = 20;

    /// <summary>Threads, 0 for one a core; the result does not depend on it.</summary>
    public int Threads { get; init; }
}
