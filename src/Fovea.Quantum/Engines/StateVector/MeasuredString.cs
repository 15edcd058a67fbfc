namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// A Pauli string on the slots of memory, without its sign: slot p goes to p ⊕ <paramref name="FlipMask"/>, times −1 where the
/// parity of p under <paramref name="ParityMask"/> is odd, and times i when <paramref name="IsImaginary"/>.
/// </summary>
/// <param name="FlipMask">Slot bits exchanged; 0 for a string of Z.</param>
/// <param name="ParityMask">Slot bits whose parity gives the sign.</param>
/// <param name="IsImaginary">Whether the number of Y is odd.</param>
internal readonly record struct MeasuredString(int FlipMask, int ParityMask, bool IsImaginary);
