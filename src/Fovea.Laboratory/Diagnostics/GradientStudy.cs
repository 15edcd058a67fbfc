using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using MathNet.Numerics.Distributions;

namespace Fovea.Laboratory.Diagnostics;

/// <summary>Sizes of derivatives over random draws, and which derivatives are zero at all of them.</summary>
internal sealed class GradientStudy
{
    // Derivatives at a random point are far above the rounding of a few hundred gates in double precision, about 1e-14; a derivative that
    // vanishes identically is not.
    private const double Rounding = 1e-11;
    private const int Chunk = 40;

    private readonly Circuit _circuit;
    private readonly double[] _squares;
    private readonly bool[] _isLive;
    private readonly RunningMean _all = new();
    private readonly RunningMean[] _byOutput;
    private readonly RunningMean[] _byParameter;
    private readonly double[] _sums;

    private GradientStudy(Circuit circuit, int outputs, int columns)
    {
        (_circuit, Outputs, Columns) = (circuit, outputs, columns);
        (_squares, _isLive) = (new double[outputs * columns], new bool[outputs * columns]);
        _byOutput = [.. Enumerable.Range(0, outputs).Select(_ => new RunningMean())];
        _byParameter = [.. Enumerable.Range(0, circuit.WeightCount).Select(_ => new RunningMean())];
        _sums = new double[circuit.WeightCount];
    }

    private int Outputs { get; }

    private int Columns { get; }

    /// <summary>Draws until the mean over all pairs is known well enough.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="budget">How many, and how exact.</param>
    /// <param name="cancellation">Stops it between batches of draws.</param>
    public static GradientStudy Measure(Circuit circuit, ulong seed, SampleBudget budget, CancellationToken cancellation = default)
    {
        var sampler = new JacobianSampler(circuit, seed);
        var study = new GradientStudy(circuit, sampler.Outputs, sampler.Columns);
        while (!budget.IsEnough(study._all.Count, study._all.Estimate))
        {
            cancellation.ThrowIfCancellationRequested();
            study.Add(sampler.Draw(study._all.Count, Math.Min(Chunk, budget.Most), cancellation));
        }

        return study;
    }

    /// <summary>Whether any draw showed that an output depends on an input.</summary>
    public bool InputIsLive(int output, int input) => _isLive[(output * Columns) + input];

    /// <summary>Whether any draw showed that an output depends on a parameter.</summary>
    public bool ParameterIsLive(int output, int parameter) => _isLive[(output * Columns) + _circuit.InputCount + parameter];

    /// <summary>Whether any draw showed that some output depends on a parameter.</summary>
    public bool ParameterIsLive(int parameter) => Enumerable.Range(0, Outputs).Any(output => ParameterIsLive(output, parameter));

    /// <summary>The figures.</summary>
    public GradientVariance Variance()
    {
        var (outputs, parameters) = (Enumerable.Range(0, Outputs), Enumerable.Range(0, _circuit.WeightCount));
        int LiveOf(int output) => parameters.Count(parameter => ParameterIsLive(output, parameter));
        return new()
        {
            AllPairs = Mean(_all, Outputs * _circuit.WeightCount),
            LivePairs = Mean(_all, outputs.Sum(LiveOf)),
            ByOutput = [.. outputs.Select(output => Mean(_byOutput[output], LiveOf(output)))],
            ByParameter = [.. parameters.Select(parameter => Mean(_byParameter[parameter], outputs.Count(output => ParameterIsLive(output, parameter))))],
            Pairs = [.. outputs.Select(output =>
                (IReadOnlyList<double>)[.. parameters.Select(parameter => _squares[(output * Columns) + _circuit.InputCount + parameter] / _all.Count)])],
        };
    }

    /// <summary>The mean over some pairs of which each draw's sum is known: pairs that don't depend on each other add nothing to it.</summary>
    private static Estimate Mean(RunningMean sums, int pairs)
    {
        var (sum, error, draws) = sums.Estimate;
        return pairs == 0 ? Estimate.Exact(0) : new(sum / pairs, error / pairs, draws);
    }

    private void Add(ReadOnlySpan<double> jacobians)
    {
        var count = jacobians.Length / (Outputs * Columns);
        for (var draw = 0; draw < count; draw++)
        {
            Array.Clear(_sums);
            for (var output = 0; output < Outputs; output++)
                _byOutput[output].Add(AddRow(output, jacobians.Slice(((output * count) + draw) * Columns, Columns)));
            for (var parameter = 0; parameter < _sums.Length; parameter++)
                _byParameter[parameter].Add(_sums[parameter]);
            _all.Add(_sums.Sum());
        }
    }

    /// <summary>One output's derivatives at one draw; returns the sum of the squares over parameters.</summary>
    private double AddRow(int output, ReadOnlySpan<double> row)
    {
        var total = 0.0;
        for (var column = 0; column < row.Length; column++)
        {
            if (Math.Abs(row[column]) <= Rounding)
                continue;
            _isLive[(output * Columns) + column] = true;
            if (column < _circuit.InputCount)
                continue;
            var square = row[column] * row[column];
            _squares[(output * Columns) + column] += square;
            _sums[column - _circuit.InputCount] += square;
            total += square;
        }

        return total;
    }
}

/// <summary>Fits exponential decay of the gradient variance with the number of qubits.</summary>
internal static class DecayFit
{
    private const int FewestSizes = 3;

    // Half a per cent, so that figures of very small sampling error don't outweigh the model's own error entirely.
    private const double SmallestError = 0.005;

    /// <summary>
    /// Weighted least squares of ln Var on n. The interval is Student's, with the residuals' scatter where that exceeds the sampling error
    /// (a straight line is only a model).
    /// </summary>
    /// <param name="analyses">One ansatz at one number of layers, any order.</param>
    public static GradientDecay Fit(IReadOnlyCollection<AnsatzAnalysis> analyses)
    {
        var first = analyses.First().Subject;
        var points = analyses
            .Where(a => a.Gradients.LivePairs.Value > 0)
            .OrderBy(a => a.Subject.Qubits)
            .Select(a => (
                Qubits: (double)a.Subject.Qubits,
                Log: Math.Log(a.Gradients.LivePairs.Value),
                Error: Math.Max(a.Gradients.LivePairs.RelativeError, SmallestError)))
            .ToArray();
        int[] qubits = [.. points.Select(point => (int)point.Qubits)];
        if (points.Length < FewestSizes)
            return new(first.Ansatz.Name, first.Layers, qubits, null, null, null, null, GradientTrend.Unknown);
        var (slope, intercept, error) = Line(points);
        var half = StudentT.InvCDF(0, 1, points.Length - 2, 0.975) * error;
        return new(first.Ansatz.Name, first.Layers, qubits, -slope, -slope - half, -slope + half, intercept, Trend(-slope - half, -slope + half));
    }

    /// <summary>What an interval of the rate says.</summary>
    internal static GradientTrend Trend(double low, double high)
    {
        if (low > Math.Log(2) / 2)
            return GradientTrend.Barren;
        return high < Math.Log(2) / 4 ? GradientTrend.Flat : GradientTrend.Falling;
    }

    private static (double Slope, double Intercept, double Error) Line((double Qubits, double Log, double Error)[] points)
    {
        var weights = points.Select(point => 1 / (point.Error * point.Error)).ToArray();
        var total = weights.Sum();
        var meanX = points.Select((point, k) => weights[k] * point.Qubits).Sum() / total;
        var meanY = points.Select((point, k) => weights[k] * point.Log).Sum() / total;
        var spread = points.Select((point, k) => weights[k] * (point.Qubits - meanX) * (point.Qubits - meanX)).Sum();
        var slope = points.Select((point, k) => weights[k] * (point.Qubits - meanX) * (point.Log - meanY)).Sum() / spread;
        var intercept = meanY - (slope * meanX);
        var chiSquare = points.Select((point, k) => weights[k] * Math.Pow(point.Log - intercept - (slope * point.Qubits), 2)).Sum();
        return (slope, intercept, Math.Sqrt(Math.Max(1, chiSquare / (points.Length - 2)) / spread));
    }
}
