namespace Fovea.Quantum.Ansaetze;

/// <summary>The rotation that writes an input into a wire.</summary>
public enum EncodingAxis
{
    /// <summary>RX(x).</summary>
    X,

    /// <summary>RY(x).</summary>
    Y,

    /// <summary>H, then RZ(x): on |0⟩ a bare RZ would be a phase that nothing can see.</summary>
    Z,
}
