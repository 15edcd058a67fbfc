using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Views;

/// <summary>Figures of an analysis that several reports show.</summary>
internal static class AnalysisFigures
{
    /// <summary>Name of the noise that belongs to no device.</summary>
    public const string Depolarizing = "depolarizing";

    /// <summary>Its numbers of qubits and layers.</summary>
    public static CellSize Size(this AnsatzAnalysis analysis) => new(analysis.Subject.Qubits, analysis.Subject.Layers);

    /// <summary>What that noise does, or null.</summary>
    public static NoiseResilience? Under(this AnsatzAnalysis analysis, string noise) => analysis.Resilience.FirstOrDefault(r => r.Noise == noise);

    /// <summary>The relative error under that noise where it is a number, or null.</summary>
    public static Estimate? FiniteError(this AnsatzAnalysis analysis, string noise) =>
        analysis.Under(noise)?.RelativeError is { } error && double.IsFinite(error.Value) ? error : null;

    /// <summary>Gates of the circuit before any device is chosen.</summary>
    public static int Gates(this CircuitCost cost) => cost.OneQubitGates + cost.TwoQubitGates;

    /// <summary>Terms of the outputs together.</summary>
    public static int TotalTerms(this FourierSpectrum spectrum) => spectrum.Terms.Sum();

    /// <summary>The power at that order; exactly 0 beyond the highest.</summary>
    public static Estimate PowerAt(this FourierSpectrum spectrum, int order) =>
        order < spectrum.PowerByOrder.Count ? spectrum.PowerByOrder[order] : Estimate.Exact(0);
}
