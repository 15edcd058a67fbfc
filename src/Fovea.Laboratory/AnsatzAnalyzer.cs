using System.Diagnostics;
using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Costs;
using Fovea.Laboratory.Entanglement;
using Fovea.Laboratory.Expressibility;
using Fovea.Laboratory.Gradients;
using Fovea.Laboratory.Resilience;
using Fovea.Laboratory.Results;
using Fovea.Laboratory.Sampling;
using Fovea.Laboratory.Spectra;
using Fovea.Laboratory.Structure;
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
        var gradients = GradientStudy.Of(circuit, options.Seed, options.Gradients, cancellation);
        var structure = StructureStudy.Of(subject, gradients, options.Seed);
        stages.Begin("entanglement");
        var entanglement = EntanglementStudy.Of(subject, options.Seed, options.States, cancellation);
        stages.Begin("expressibility");
        var expressibility = ExpressibilityStudy.Of(subject, options.Seed, options.ExpressibilityPairs, cancellation);
        stages.Begin("spectrum");
        var spectrum = subject.Qubits > options.SpectrumQubits ? null : SpectrumStudy.Of(subject, options.Seed, options.Spectra, cancellation);
        var resilience = Resilience(circuit, options, stages, cancellation);
        stages.Begin("cost");
        var cost = CostStudy.Of(subject, structure.DeadParameters.Count);
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
        var circuit = subject.WithEncoding();
        return DeadParameters.Of(circuit, GradientStudy.Of(circuit, seed: 0, SampleBudget.ForProof, cancellation));
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
