namespace Fovea.Quantum.PauliTransfers;

/// <summary>One map on the coefficients of a cone's outputs, which live on the wires of the cone.</summary>
/// <param name="Map">Index of the map.</param>
/// <param name="Size">Numbers of the vector when it acts; those beyond the step before are of new wires, with the identity there.</param>
/// <param name="Strides">Of the map's wires.</param>
/// <param name="Entries">For several wires: offsets of P and Q and the matrix element; empty for one wire.</param>
/// <param name="Backward">The same from Q to P.</param>
internal sealed record ConeStep(
    int Map, int Size, int[] Strides, (int From, int To, int Element)[] Entries, (int From, int To, int Element)[] Backward);
