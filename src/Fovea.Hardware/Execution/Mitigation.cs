namespace Fovea.Hardware.Execution;

/// <summary>What is done about noise after the measurement.</summary>
public enum Mitigation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The known readout confusion is inverted.</summary>
    Readout,

    /// <summary>
    /// Entangling gates are folded to 1, 3 and 5 times their noise, and Richardson's formula extrapolates to zero. What folding does not
    /// multiply (pulses, readout) stays.
    /// </summary>
    ZeroNoise,
}
