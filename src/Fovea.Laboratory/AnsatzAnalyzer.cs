using System.Diagnostics;
using Fovea.Core;
using Fovea.Devices.Profiles;
using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory;

/// <summary>Runs every diagnostic on one ansatz at one size, on one thread.</summary>
public static class AnsatzAnalyzer
{
    /// <summary>The analysis. Equal options give equal figures, speed and seconds aside.</summary>
    /// <param name="subject">The circuit; see <see cref="SubjectRules"/> for which are accepted.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Core.Errors.InputException">The subject is refused; one line.</exception>
    public static AnsatzAnalysis Analyze(AnsatzSubject subject, AnalysisOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(options);
        SubjectRules.Check(subject);
        var (start, stages) = (Stopwatch.GetTimestamp(), new StageCounter(options, subject));
        var circuit = subject.WithEncoding();
        stages.Begin("gradients");
        var gradients = GradientStudy.Measure(circuit, options.Seed, options.Gradients, cancellation);
        var structure = StructureStudy.Measure(subject, gradients, options.Seed, cancellation);
        stages.Begin("entanglement");
        var entanglement = EntanglementStudy.Measure(subject, options.Seed, options.States, cancellation);
        stages.Begin("expressibility");
        var expressibility = ExpressibilityStudy.Measure(subject, options.Seed, options.ExpressibilityPairs, cancellation);
        stages.Begin("spectrum");
        var spectrum = subject.Qubits > options.SpectrumQubits ? null : SpectrumStudy.Measure(subject, options.Seed, options.Spectra, cancellation);
        var resilience = Resilience(circuit, options, stages, cancellation);
        stages.Begin("cost");
        var cost = CostStudy.Count(circuit, structure.DeadParameters.Count);
        return new()
        {
            Subject = subject,
            Seed = options.Seed,
            Cost = options.SpeedSeconds > 0 ? EngineSpeed.Measure(cost, circuit, options.SpeedSeconds) : cost,
            Structure = structure,
            Gradients = gradients.Variance(),
            Entanglement = entanglement,
            Expressibility = expressibility,
            Spectrum = spectrum,
            Resilience = resilience,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
    }

    /// <summary>The parameters that no output depends on, alone.</summary>
    /// <exception cref="Core.Errors.InputException">The subject is refused; one line.</exception>
    public static IReadOnlyList<DeadParameter> FindDead(AnsatzSubject subject, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        SubjectRules.Check(subject);
        return CircuitInspector.Inspect(subject.WithEncoding(), cancellation).DeadParameters;
    }

    /// <summary>
    /// What random states of an ansatz show, alone: their entanglement, and their expressibility, which is null for more qubits than it can be told for. It
    /// takes a fraction of a second for circuits of a few qubits.
    /// </summary>
    /// <param name="subject">The ansatz and its size.</param>
    /// <param name="options">Its seed, its error and its pairs count.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Core.Errors.InputException">The subject is refused; one line.</exception>
    public static (StateEntanglement Entanglement, StateExpressibility? Expressibility) SampleStates(
        AnsatzSubject subject, AnalysisOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(options);
        SubjectRules.Check(subject);
        return (EntanglementStudy.Measure(subject, options.Seed, options.States, cancellation),
            ExpressibilityStudy.Measure(subject, options.Seed, options.ExpressibilityPairs, cancellation));
    }

    private static NoiseResilience[] Resilience(Circuit circuit, AnalysisOptions options, StageCounter stages, CancellationToken cancellation)
    {
        var study = new ResilienceStudy(options.Seed, options.Noise, cancellation);
        stages.Begin(DepolarizingNoise.Name);
        List<NoiseResilience> results = [study.Under(options.Depolarizing, circuit)];
        foreach (var profile in options.Profiles)
        {
            stages.Begin(profile.Name);
            results.Add(study.Under(profile, circuit));
        }

        return [.. results];
    }

    /// <summary>Tells the progress which part is being worked on.</summary>
    private sealed class StageCounter(AnalysisOptions options, AnsatzSubject subject)
    {
        private const int OtherStages = 6;
        private int _begun;

        public void Begin(string stage) =>
            options.Progress?.Report(new($"{subject.Ansatz.Name}", ++_begun, OtherStages + options.Profiles.Count, "parts", stage));
    }
}

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
