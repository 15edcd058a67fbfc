namespace Fovea.Laboratory.Results;

/// <summary>What a fitted rate says about gradients in larger circuits.</summary>
public enum GradientTrend
{
    /// <summary>Too few sizes, or no live gradients, to say.</summary>
    Unknown,

    /// <summary>The interval's upper end is below ln(2)/4: no exponential loss worth the name in this range.</summary>
    Flat,

    /// <summary>Neither of the others.</summary>
    Falling,

    /// <summary>The interval's lower end is above ln(2)/2: the variance halves at least every two qubits, a barren plateau in the making.</summary>
    Barren,
}
