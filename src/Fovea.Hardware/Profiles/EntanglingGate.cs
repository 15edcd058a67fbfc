namespace Fovea.Hardware.Profiles;

/// <summary>The native two-qubit gate of a device.</summary>
public enum EntanglingGate
{
    /// <summary>Controlled Z.</summary>
    CZ,

    /// <summary>Controlled X.</summary>
    CX,

    /// <summary>Echoed cross resonance: (1/√2)(X⊗I − Y⊗X) with the first qubit as the left factor, a CX up to one-qubit gates.</summary>
    ECR,

    /// <summary>exp(−iθ Z⊗Z/2) for any θ: the Mølmer–Sørensen gate in its ZZ form.</summary>
    RZZ,
}
