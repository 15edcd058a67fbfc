using Fovea.Laboratory.Results;
using Fovea.Laboratory.Sampling;

namespace Fovea.Laboratory.Resilience;

/// <summary>Collects the errors of noisy outputs.</summary>
internal sealed class ResilienceTally
{
    private readonly List<(double Error, double Size)> _draws = [];
    private readonly RunningMean _fidelity = new();

    /// <summary>Draws of inputs and parameters so far.</summary>
    public int Draws => _draws.Count;

    /// <summary>Mean fidelity.</summary>
    public Estimate Fidelity => _fidelity.Estimate;

    /// <summary>Root of the ratio of mean squares of error and outputs, with its standard error by linearisation.</summary>
    public Estimate RelativeError
    {
        get
        {
            var (error, size) = (_draws.Sum(draw => draw.Error), _draws.Sum(draw => draw.Size));
            if (_draws.Count < 2 || size == 0)
                return new(0, 1, _draws.Count);
            var ratio = error / size;
            var residuals = _draws.Sum(draw => Math.Pow(draw.Error - (ratio * draw.Size), 2));
            var ratioError = Math.Sqrt(residuals * _draws.Count / (_draws.Count - 1.0)) / size;
            // Not one error so far says little about how large they are.
            if (ratioError == 0)
                return new(Math.Sqrt(Math.Max(0, ratio)), 1 / Math.Sqrt(_draws.Count), _draws.Count);
            // An error too small to be seen may come out negative; its root is not known better than the root of its error.
            return ratio > ratioError ? new(Math.Sqrt(ratio), ratioError / (2 * Math.Sqrt(ratio)), _draws.Count) : new(Math.Sqrt(Math.Max(0, ratio)), Math.Sqrt(ratioError), _draws.Count);
        }
    }

    /// <summary>One more draw.</summary>
    /// <param name="ideal">[output].</param>
    /// <param name="errors">[trajectory][output]: noisy minus ideal.</param>
    /// <param name="fidelity">Mean over the trajectories.</param>
    public void Add(double[] ideal, double[][] errors, double fidelity)
    {
        // Σ_{s≠t} d_s·d_t over pairs of trajectories: unbiased for the squared error of their limit.
        var total = ideal.Select((_, output) => Math.Pow(errors.Sum(error => error[output]), 2)).Sum();
        var own = errors.Sum(error => error.Sum(value => value * value));
        _draws.Add(((total - own) / (errors.Length * (errors.Length - 1)), ideal.Sum(value => value * value)));
        _fidelity.Add(fidelity);
    }
}
