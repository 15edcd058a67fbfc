namespace Fovea.Hardware.Profiles;

/// <summary>What one native gate costs on one qubit or one pair.</summary>
/// <param name="Seconds">Duration; 0 for a gate that only changes a frame of reference.</param>
/// <param name="Error">Average gate infidelity 1 − F, in [0, 1], as randomised benchmarking reports it; decoherence during the gate included.</param>
/// <param name="OverRotation">Systematic excess of the rotation angle in radians; coherent, and not part of <paramref name="Error"/>.</param>
public sealed record GateProperties(double Seconds, double Error, double OverRotation = 0);
