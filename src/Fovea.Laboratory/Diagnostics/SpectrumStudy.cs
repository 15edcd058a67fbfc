using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;

namespace Fovea.Laboratory.Diagnostics;

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
    public static FourierSpectrum? Measure(AnsatzSubject subject, ulong seed, SampleBudget budget, CancellationToken cancellation = default)
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

/// <summary>Collects the coefficients of several parameter draws.</summary>
internal sealed class SpectrumTally(int outputs, FourierGrid grid)
{
    private readonly bool[] _isPresent = new bool[outputs * grid.Points];
    private readonly List<double[]> _powers = [];
    private readonly RunningMean _variance = new();
    private readonly double[] _column = new double[grid.Points];

    /// <summary>Draws so far.</summary>
    public int Draws => _variance.Count;

    /// <summary>Mean variance of an output over the inputs.</summary>
    public Estimate Variance => _variance.Estimate;

    /// <summary>One more draw.</summary>
    /// <param name="values">[point, output].</param>
    /// <param name="rounding">Coefficients up to this size are none.</param>
    public void Add(ReadOnlySpan<double> values, double rounding)
    {
        var powers = new double[grid.InputCount + 1];
        for (var output = 0; output < outputs; output++)
        {
            for (var point = 0; point < grid.Points; point++)
                _column[point] = values[(point * outputs) + output];
            grid.ToCoefficients(_column);
            for (var k = 0; k < grid.Points; k++)
            {
                if (Math.Abs(_column[k]) <= rounding)
                    continue;
                _isPresent[(output * grid.Points) + k] = true;
                // Each sine or cosine of a product halves its mean square.
                powers[grid.Orders[k]] += _column[k] * _column[k] / (1 << grid.Orders[k]) / outputs;
            }
        }

        // The order 0 is the mean, which varies with no input.
        powers[0] = 0;
        _powers.Add(powers);
        _variance.Add(powers.Sum());
    }

    /// <summary>The figures.</summary>
    public FourierSpectrum Spectrum()
    {
        var present = Enumerable.Range(0, _isPresent.Length).Where(k => _isPresent[k]).ToArray();
        return new()
        {
            Terms = [.. Enumerable.Range(0, outputs).Select(output => present.Count(k => k / grid.Points == output))],
            HighestOrder = present.Length == 0 ? 0 : present.Max(k => grid.Orders[k % grid.Points]),
            PowerByOrder = [.. Enumerable.Range(0, grid.InputCount + 1).Select(Share)],
            Variance = Variance,
        };
    }

    /// <summary>A ratio of means, with its standard error by linearisation: a share of a variance that is large by chance is not large by that.</summary>
    private Estimate Share(int order)
    {
        var total = _powers.Sum(powers => powers.Sum());
        if (total == 0)
            return Estimate.Exact(0);
        var share = _powers.Sum(powers => powers[order]) / total;
        var residuals = _powers.Sum(powers => Math.Pow(powers[order] - (share * powers.Sum()), 2));
        return new(share, Math.Sqrt(residuals * Draws / Math.Max(Draws - 1.0, 1)) / total, Draws);
    }
}
