namespace Fovea.Quantum.Circuits;

/// <summary>
/// The gates a <see cref="Circuit"/> may hold. Rotations follow R_P(θ) = exp(−iθP/2); matrices are in
/// <see cref="GateMatrix"/>, wire counts and names in <see cref="GateInfo"/>. In two- and three-wire gates the control
/// wires come first and the target last.
/// </summary>
public enum GateKind
{
    /// <summary>Identity.</summary>
    I,

    /// <summary>Pauli X.</summary>
    X,

    /// <summary>Pauli Y.</summary>
    Y,

    /// <summary>Pauli Z.</summary>
    Z,

    /// <summary>Hadamard.</summary>
    H,

    /// <summary>diag(1, i).</summary>
    S,

    /// <summary>diag(1, e^{iπ/4}).</summary>
    T,

    /// <summary>Square root of X: ½[[1+i, 1−i], [1−i, 1+i]].</summary>
    SX,

    /// <summary>exp(−iθX/2).</summary>
    RX,

    /// <summary>exp(−iθY/2).</summary>
    RY,

    /// <summary>exp(−iθZ/2).</summary>
    RZ,

    /// <summary>diag(1, e^{iθ}).</summary>
    Phase,

    /// <summary>Controlled X: (control, target).</summary>
    CNOT,

    /// <summary>Controlled Y: (control, target).</summary>
    CY,

    /// <summary>Controlled Z.</summary>
    CZ,

    /// <summary>Exchange of two wires.</summary>
    SWAP,

    /// <summary>Controlled RX: (control, target).</summary>
    CRX,

    /// <summary>Controlled RY: (control, target).</summary>
    CRY,

    /// <summary>Controlled RZ = diag(1, 1, e^{−iθ/2}, e^{iθ/2}): (control, target).</summary>
    CRZ,

    /// <summary>diag(1, 1, 1, e^{iθ}).</summary>
    ControlledPhase,

    /// <summary>exp(−iθ X⊗X/2).</summary>
    RXX,

    /// <summary>exp(−iθ Y⊗Y/2).</summary>
    RYY,

    /// <summary>exp(−iθ Z⊗Z/2).</summary>
    RZZ,

    /// <summary>X on the last wire where the first two are 1: (control, control, target).</summary>
    Toffoli,
}
