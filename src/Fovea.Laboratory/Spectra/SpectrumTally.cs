using Fovea.Laboratory.Results;
using Fovea.Laboratory.Sampling;

namespace Fovea.Laboratory.Spectra;

/// <summary>Collects the coefficients of several parameter draws.</summary>
internal sealed class SpectrumTally(int outputs, FourierGrid grid)
{
    private readonly bool[] _isPresent = new bool[outputs * grid.Points];
    private readonly RunningMean[] _powers = [.. Enumerable.Range(0, grid.InputCount + 1).Select(_ => new RunningMean())];
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
        var powers = new double[_powers.Length];
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

        for (var order = 1; order < powers.Length; order++)
            _powers[order].Add(powers[order]);
        _variance.Add(powers.Skip(1).Sum());
    }

    /// <summary>The figures.</summary>
    public FourierSpectrum Spectrum()
    {
        var present = Enumerable.Range(0, _isPresent.Length).Where(k => _isPresent[k]).ToArray();
        return new()
        {
            Terms = [.. Enumerable.Range(0, outputs).Select(output => present.Count(k => k / grid.Points == output))],
            HighestOrder = present.Length == 0 ? 0 : present.Max(k => grid.Orders[k % grid.Points]),
            PowerByOrder = [.. _powers.Select((power, order) => order == 0 ? Estimate.Exact(0) : Share(power.Estimate))],
            Variance = Variance,
        };
    }

    private Estimate Share(Estimate power) => Variance.Value == 0
        ? Estimate.Exact(0)
        : new(power.Value / Variance.Value, power.StandardError / Variance.Value, power.Samples);
}
