using Fovea.Core.Progress;
using Fovea.Imaging.Datasets;

namespace Fovea.Judging.Assessment;

/// <summary>By what and beside what sets of generated images are judged.</summary>
public sealed record SetJudgeRequest
{
    /// <summary>The dataset of real images.</summary>
    public required string Real { get; init; }

    /// <summary>Its part that generated images are compared with; null for all of it.</summary>
    public Split? RealSplit { get; init; } = Split.Val;

    /// <summary>The dataset whose training images the generator saw; null when nearness to them is not to be measured.</summary>
    public string? Training { get; init; }

    /// <summary>Training images to look at, at most; of more, a sample by seed.</summary>
    public int MostTraining { get; init; } = 10_000;

    /// <summary>Feature networks: a shipped name, safetensors, or an ONNX file.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>A grader: a shipped name, safetensors, or an ONNX file; null for the shipped one of the images' size.</summary>
    public string? Grader { get; init; }

    /// <summary>Half-samples for intervals.</summary>
    public int Replicates { get; init; } = 40;

    /// <summary>Folder of cached features; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Seed of subsets.</summary>
    public int Seed { get; init; }

    /// <summary>Threads; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Told how far it is.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
