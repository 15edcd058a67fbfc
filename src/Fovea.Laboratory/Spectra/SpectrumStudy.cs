using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Results;
using Fovea.Laboratory.Sampling;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;

namespace Fovea.Laboratory.Spectra;

/// <summary>
/// The outputs as trigonometric polynomials of the inputs: exact from their values on a grid, because an input that stands in F rotations has
/// frequencies up to F.
/// </summary>
internal static class SpectrumStudy
{
    /// <summary>Most grid points a set of parameters.</summary>
    public const int MaxPoints = 20_000;

    // Coefficients at random parameters are far above this unless they vanish for all parameters.
    private const double Rounding = 1e-10;

    /// <summary>The spectrum; null where the grid is too large or the inputs are multiplied.</summary>
    public static FourierSpectrum? Of(AnsatzSubject subject, ulong seed, SampleBudget budget, CancellationToken cancellation = default)
    {
        var circuit = subject.WithEncoding();
        var frequencies = subject.Reupload ? subject.Layers : 1;
        if (subject.Encoding == InputEncoding.Iqp || Math.Pow((2 * frequencies) + 1, circuit.InputCount) > MaxPoints)
            return null;
        var grid = new FourierGrid(circuit.InputCount, frequencies);
        var tally = new SpectrumTally(circuit.Observables.Length, grid);
        // Each draw has new weights: an engine that compiles them, as the trigonometric one does, would spend longer on that than on the grid.
        var engine = new StateVectorEngine<double>(circuit);
        var (draws, inputs, weights) = (new ParameterDraws(circuit, seed), new double[circuit.InputCount], new double[circuit.WeightCount]);
        var values = new double[grid.Points * circuit.Observables.Length];
        while (!budget.IsEnough(tally.Draws, tally.Variance))
        {
            cancellation.ThrowIfCancellationRequested();
            draws.Fill(tally.Draws, 1, inputs, weights);
            engine.Forward(grid.Inputs, weights, values);
            tally.Add(values, Rounding);
        }

        return tally.Spectrum();
    }
}
