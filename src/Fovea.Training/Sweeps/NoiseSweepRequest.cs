using Fovea.Core.Progress;
using Fovea.Hardware.Execution;

namespace Fovea.Training.Sweeps;

/// <summary>What a noise sweep draws.</summary>
public sealed record NoiseSweepRequest
{
    /// <summary>The trained run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>The sweep's folder: new, empty, or that of the same sweep, which is continued.</summary>
    public required string Output { get; init; }

    /// <summary>Devices: shipped names or files.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Factors on each device's noise; the noiseless images are always drawn.</summary>
    public required IReadOnlyList<double> Scales { get; init; }

    /// <summary>Images a level, the same noise of the diffusion process in each.</summary>
    public required int Count { get; init; }

    /// <summary>Image k's starting noise depends on the seed and k only.</summary>
    public int Seed { get; init; }

    /// <summary>Images sampled together.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Sampling steps; null for the run's.</summary>
    public int? Steps { get; init; }

    /// <summary>Measurements for every expectation value; null for exact values.</summary>
    public int? Shots { get; init; }

    /// <summary>What is done about noise after the measurement.</summary>
    public Mitigation Mitigation { get; init; }

    /// <summary>Told after each batch.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>Told what was inserted.</summary>
    public Action<string>? Announce { get; init; }
}
