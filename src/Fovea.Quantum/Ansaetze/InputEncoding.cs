namespace Fovea.Quantum.Ansaetze;

/// <summary>How the inputs get into the state.</summary>
public enum InputEncoding
{
    /// <summary>RX(x_i) on wire i.</summary>
    X,

    /// <summary>RY(x_i) on wire i.</summary>
    Y,

    /// <summary>H, then RZ(x_i), on wire i: on |0⟩ a bare RZ would be a phase that nothing can see.</summary>
    Z,

    /// <summary>2^n inputs, divided by their Euclidean norm, as the amplitudes of n wires instead of |0…0⟩.</summary>
    Amplitude,

    /// <summary>
    /// H, then RZ(x_i), on every wire i, then RZZ(x_i·x_j) on every pair i &lt; j (Havlíček et al. 2019, arXiv 1804.11326; the layout
    /// of PennyLane's IQPEmbedding, one repetition).
    /// </summary>
    Iqp,
}
