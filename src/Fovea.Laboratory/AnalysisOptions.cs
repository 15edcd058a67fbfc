using Fovea.Core.Progress;
using Fovea.Hardware.Profiles;
using Fovea.Laboratory.Resilience;
using Fovea.Laboratory.Sampling;

namespace Fovea.Laboratory;

/// <summary>How an ansatz is analysed.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Seed of all draws.</summary>
    public ulong Seed { get; init; }

    /// <summary>Standard error over value that sampled figures should reach; those of noise are bounded by <see cref="NoiseDraws"/> too.</summary>
    public double RelativeError { get; init; } = 0.1;

    /// <summary>The devices; empty for none.</summary>
    public IReadOnlyList<DeviceProfile> Profiles { get; init; } = [];

    /// <summary>The noise without a device.</summary>
    public DepolarizingNoise Depolarizing { get; init; } = new();

    /// <summary>Most draws of inputs and parameters under each noise.</summary>
    public int NoiseDraws { get; init; } = 240;

    /// <summary>Pairs of states for the expressibility.</summary>
    public int ExpressibilityPairs { get; init; } = 5000;

    /// <summary>Most qubits for which the Fourier spectrum is computed; 0 for never.</summary>
    public int SpectrumQubits { get; init; } = 9;

    /// <summary>Seconds to measure the engine for; 0 leaves that out.</summary>
    public double SpeedSeconds { get; init; }

    /// <summary>Receives progress; null for none.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    // The fewest draws are those of the usual studies of gradient variance.
    internal SampleBudget Gradients => new(200, 4000, RelativeError);

    internal SampleBudget States => new(64, 1024, RelativeError / 4);

    internal SampleBudget Noise => new(16, NoiseDraws, RelativeError);

    internal SampleBudget Spectra => new(16, 64, RelativeError);
}
