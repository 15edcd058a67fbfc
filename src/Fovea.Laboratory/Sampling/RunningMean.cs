using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Sampling;

/// <summary>Mean and standard error of independent draws (Welford 1962).</summary>
internal sealed class RunningMean
{
    private double _mean;
    private double _squares;

    /// <summary>Draws so far.</summary>
    public int Count { get; private set; }

    /// <summary>Mean so far, with its standard error from the spread of the draws.</summary>
    public Estimate Estimate => new(_mean, Count > 1 ? Math.Sqrt(_squares / (Count - 1.0) / Count) : 0, Count);

    /// <summary>One more draw.</summary>
    public void Add(double value)
    {
        Count++;
        var step = value - _mean;
        _mean += step / Count;
        _squares += step * (value - _mean);
    }
}
