using Fovea.Core.Progress;

namespace Fovea.Judging.Training;

/// <summary>What grader is trained on what.</summary>
public sealed record GraderRequest
{
    /// <summary>A prepared dataset whose classes are qualities: good, usable, reject (or bad).</summary>
    public required string Dataset { get; init; }

    /// <summary>The folder for checkpoints, weights and the report.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to continue what is there.</summary>
    public bool Resume { get; init; }

    /// <summary>How it is trained.</summary>
    public JudgeOptions Options { get; init; } = new() { Steps = 2000 };

    /// <summary>Receives progress; null for none.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
