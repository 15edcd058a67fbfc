namespace Fovea.Hardware.Execution;

/// <summary>How one circuit is computed.</summary>
public enum SimulationMethod
{
    /// <summary>Exactly: by an ideal engine, the trigonometric engine with noise, or a density matrix where that refuses.</summary>
    Exact,

    /// <summary>By a density matrix, exactly, up to ten wires.</summary>
    DensityMatrix,

    /// <summary>By random state vectors.</summary>
    Trajectories,
}
