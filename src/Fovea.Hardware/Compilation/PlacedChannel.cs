using System.Collections.Immutable;
using Fovea.Quantum.Noise;

namespace Fovea.Hardware.Compilation;

/// <summary>A channel on qubits of the device.</summary>
internal readonly record struct PlacedChannel(QuantumChannel Channel, ImmutableArray<int> Qubits);
