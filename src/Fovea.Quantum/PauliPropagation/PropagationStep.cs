namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// One rotation pulled through all coefficients: for each pair (a, b), with c = cos α and s = sin α,
/// a ← c·a − s·b and b ← c·b + s·a.
/// </summary>
/// <param name="Rotation">Index among the rotations of the program.</param>
/// <param name="First">Slots a.</param>
/// <param name="Second">Slots b.</param>
internal sealed record PropagationStep(int Rotation, int[] First, int[] Second);
