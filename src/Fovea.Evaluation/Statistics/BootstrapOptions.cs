using Fovea.Core.Errors;

namespace Fovea.Evaluation.Statistics;

/// <summary>Settings of <see cref="Bootstrap"/>.</summary>
public sealed record BootstrapOptions
{
    private const int LeastReplicates = 20;

    /// <summary>Number of resamples, at least 20; 2,000 and more for BCa intervals of 95 %.</summary>
    public int Replicates { get; init; } = 2000;

    /// <summary>Confidence of the intervals, between 0 and 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Seed of the resamples; equal seeds and sizes give equal resamples, so that two statistics can be paired.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads, 0 for one a core; the result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Whether to leave each image out once for the BCa interval: one more evaluation of the statistic an image.</summary>
    public bool Accelerate { get; init; } = true;

    /// <summary>Throws <see cref="InputException"/> when a setting breaks its rule.</summary>
    public void Validate()
    {
        if (Replicates < LeastReplicates) throw new InputException($"bootstrap: {Replicates} replicates; at least {LeastReplicates} are needed");
        NormalQuantile.RequireConfidence(Confidence);
    }
}
