namespace Fovea.Quantum.PauliPropagation;

/// <summary>Components of a Bloch vector.</summary>
[Flags]
internal enum BlochComponents
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>⟨X⟩.</summary>
    X = 1,

    /// <summary>⟨Y⟩.</summary>
    Y = 2,

    /// <summary>⟨Z⟩.</summary>
    Z = 4,
}
