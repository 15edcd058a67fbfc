using System.Diagnostics;
using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Costs;
using Fovea.Laboratory.Entanglement;
using Fovea.Laboratory.Expressibility;
using Fovea.Laboratory.Gradients;
using Fovea.Laboratory.Resilience;
using Fovea.Laboratory.Results;
using Fovea.Laboratory.Spectra;
using Fovea.Laboratory.Structure;

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
        var start = Stopwatch.GetTimestamp();
        var circuit = subject.WithEncoding();
        var gradients = GradientStudy.Of(circuit, options.Seed, options.Gradients, cancellation);
        var structure = StructureStudy.Of(subject, gradients, options.Seed);
        var resilience = new ResilienceStudy(options.Seed, options.Noise, cancellation);
        var cost = CostStudy.Of(subject, structure.DeadParameters.Count);
        return new()
        {
            Subject = subject,
            Seed = options.Seed,
            Structure = structure,
            Gradients = gradients.Variance(),
            Entanglement = EntanglementStudy.Of(subject, options.Seed, options.States, cancellation),
            Expressibility = ExpressibilityStudy.Of(subject, options.Seed, options.ExpressibilityPairs, cancellation),
            Spectrum = subject.Qubits > options.SpectrumQubits ? null : SpectrumStudy.Of(subject, options.Seed, options.Spectra, cancellation),
            Resilience = [resilience.Under(options.Depolarizing, circuit), .. options.Profiles.Select(profile => resilience.Under(profile, circuit))],
            Cost = options.SpeedSeconds > 0 ? EngineSpeed.Measure(cost, circuit, options.SpeedSeconds) : cost,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
    }
}
