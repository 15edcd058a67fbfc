using System.Collections.Immutable;
using Fovea.Hardware.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Hardware.Compilation;

/// <summary>
/// A circuit in the native gates of a device, with the device's noise. It has the inputs, weights and outputs of the logical circuit,
/// in the same order.
/// </summary>
public sealed record CompiledCircuit
{
    /// <summary>The circuit that was compiled.</summary>
    public required Circuit Logical { get; init; }

    /// <summary>The device.</summary>
    public required DeviceProfile Profile { get; init; }

    /// <summary>
    /// Native gates in order of their start times, with channels and readout errors: RZ (virtual), SX, and CZ, CNOT or RZZ. An ECR
    /// is written as CNOT, SX on its second and X on its first qubit (it is that up to a virtual RZ): the three are one gate.
    /// </summary>
    public required NoisyCircuit Noisy { get; init; }

    /// <summary>[wire of <see cref="Noisy"/>]: its device qubit, ascending.</summary>
    public required ImmutableArray<int> Qubits { get; init; }

    /// <summary>[logical wire]: the wire that it starts on.</summary>
    public required ImmutableArray<int> InitialWires { get; init; }

    /// <summary>[logical wire]: the wire that it is measured on.</summary>
    public required ImmutableArray<int> FinalWires { get; init; }

    /// <summary>What it costs.</summary>
    public required CompilationReport Report { get; init; }
}
