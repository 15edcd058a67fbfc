using Fovea.Core.Progress;
using Fovea.Judging.Training;

namespace Fovea.Judging.Features.Fundus;

/// <summary>What FundusNet is trained on.</summary>
public sealed record FundusRequest
{
    /// <summary>A prepared dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>A CSV table with a column <c>file</c> and some of quality, dr_grade, eye, keywords.</summary>
    public required string Labels { get; init; }

    /// <summary>The folder for checkpoints, weights and the report.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to continue what is there.</summary>
    public bool Resume { get; init; }

    /// <summary>How it is trained.</summary>
    public JudgeOptions Options { get; init; } = new() { Steps = 5000 };

    /// <summary>Receives progress; null for none.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
