namespace Fovea.Laboratory.Results;

/// <summary>A figure found by sampling.</summary>
/// <param name="Value">The figure.</param>
/// <param name="StandardError">Its standard error; 0 for a figure that is exact.</param>
/// <param name="Samples">Independent draws behind it; 0 for a figure that is exact.</param>
public readonly record struct Estimate(double Value, double StandardError, int Samples)
{
    /// <summary>A figure without sampling error.</summary>
    public static Estimate Exact(double value) => new(value, 0, 0);

    /// <summary>Standard error over |value|; 0 for an exact figure, infinite for a sampled value of 0.</summary>
    public double RelativeError => StandardError == 0 ? 0 : StandardError / Math.Abs(Value);
}
