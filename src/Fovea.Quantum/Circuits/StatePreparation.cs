namespace Fovea.Quantum.Circuits;

/// <summary>The state that the gates of a circuit start from.</summary>
public enum StatePreparation
{
    /// <summary>|0…0⟩.</summary>
    Zero,

    /// <summary>
    /// Amplitude encoding: the first 2^wires inputs of a sample, divided by their Euclidean norm, are the real amplitudes by
    /// basis index. A sample whose norm is zero has no state: its outputs are NaN.
    /// </summary>
    Amplitudes,
}
