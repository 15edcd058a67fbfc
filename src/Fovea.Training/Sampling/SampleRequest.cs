using Fovea.Core.Progress;

namespace Fovea.Training.Sampling;

/// <summary>What to sample. What is null comes from the run's configuration.</summary>
public sealed record SampleRequest
{
    /// <summary>Number of images.</summary>
    public required int Count { get; init; }

    /// <summary>Image k's noise depends on the seed and k only.</summary>
    public required int Seed { get; init; }

    /// <summary>Index of the first image.</summary>
    public long FirstImage { get; init; }

    /// <summary>Images sampled together.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Sampler name.</summary>
    public string? Sampler { get; init; }

    /// <summary>Sampling steps.</summary>
    public int? Steps { get; init; }

    /// <summary>η of DDIM: 0 deterministic, 1 as noisy as ancestral sampling.</summary>
    public double Eta { get; init; }

    /// <summary>Class index, or null for "no class".</summary>
    public int? Class { get; init; }

    /// <summary>[<see cref="Count"/>]: the class index of each image; null where <see cref="Class"/> is that of all.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>Classifier-free guidance scale.</summary>
    public double? Guidance { get; init; }

    /// <summary>Threads, 0 for all cores; null for the run's setting.</summary>
    public int? Threads { get; init; }

    /// <summary>Told after each batch.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}
