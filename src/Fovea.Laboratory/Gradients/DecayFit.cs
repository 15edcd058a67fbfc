using Fovea.Laboratory.Results;
using MathNet.Numerics.Distributions;

namespace Fovea.Laboratory.Gradients;

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
    public static GradientDecay Of(IReadOnlyCollection<AnsatzAnalysis> analyses)
    {
        var first = analyses.First().Subject;
        var points = analyses
            .Where(a => a.Gradients.LivePairs.Value > 0)
            .OrderBy(a => a.Subject.Qubits)
            .Select(a => (Qubits: (double)a.Subject.Qubits, Log: Math.Log(a.Gradients.LivePairs.Value), Error: Math.Max(a.Gradients.LivePairs.RelativeError, SmallestError)))
            .ToArray();
        int[] qubits = [.. points.Select(point => (int)point.Qubits)];
        if (points.Length < FewestSizes)
            return new(first.Ansatz.Name, first.Layers, qubits, 0, 0, 0, 0, GradientTrend.Unknown);
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
