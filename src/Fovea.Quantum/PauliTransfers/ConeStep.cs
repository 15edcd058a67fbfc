namespace Fovea.Quantum.PauliTransfers;

/// <summary>One map on the coefficients of one output, which live on the wires of its light cone.</summary>
/// <param name="Map">Index of the map.</param>
/// <param name="Width">Digits of the vector when it acts; those beyond the digits before are new, with the identity there.</param>
/// <param name="Strides">Of the map's wires.</param>
/// <param name="Entries">For several wires: offsets of P and Q and the matrix element; empty for one wire.</param>
/// <param name="Backward">The same from Q to P.</param>
internal sealed record ConeStep(
    int Map, int Width, int[] Strides, (int From, int To, int Element)[] Entries, (int From, int To, int Element)[] Backward)
{
    /// <summary>Numbers of the vector.</summary>
    public int Size => 1 << (2 * Width);
}
