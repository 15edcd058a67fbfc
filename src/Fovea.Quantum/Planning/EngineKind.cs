namespace Fovea.Quantum.Planning;

/// <summary>The ways to evaluate a circuit.</summary>
public enum EngineKind
{
    /// <summary><see cref="Engines.StateVectorEngine{T}"/>: gate by gate, one circuit in each lane.</summary>
    StateVector,

    /// <summary><see cref="Engines.TrigonometricEngine{T}"/>: Pauli coefficients and products of Bloch vectors.</summary>
    Trigonometric,

    /// <summary><see cref="Engines.UnitaryEngine{T}"/>: one matrix for the whole batch.</summary>
    Unitary,
}
