using Fovea.Quantum.Noise;

namespace Fovea.Hardware.Profiles;

/// <summary>One qubit of a device.</summary>
/// <param name="T1">Relaxation time in seconds; positive, infinity for none.</param>
/// <param name="T2">Coherence time in seconds; positive, at most 2·T1, infinity for none.</param>
/// <param name="ExcitedPopulation">Share of |1⟩ that relaxation leads to, in [0, 1].</param>
/// <param name="Pulse">The quarter turn about X (sx or gpi2) that all one-qubit gates are made of, beside virtual RZ.</param>
/// <param name="Readout">Confusion of its measurement.</param>
public sealed record QubitProperties(double T1, double T2, double ExcitedPopulation, GateProperties Pulse, ReadoutError Readout);
