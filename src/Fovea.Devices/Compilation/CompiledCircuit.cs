using System.Collections.Immutable;
using System.Globalization;
using Fovea.Core;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Devices.Compilation;

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

/// <summary>A trial: where the wires start and end, and the routed steps between.</summary>
/// <param name="Start">At the start.</param>
/// <param name="End">At the end.</param>
/// <param name="Steps">On qubits of the device, every pair coupled.</param>
/// <param name="Swaps">SWAPs inserted.</param>
internal sealed record CompiledLayout(Layout Start, Layout End, IReadOnlyList<Step> Steps, int Swaps)
{
    /// <summary>Qubits in use, ascending.</summary>
    public int[] UsedQubits() => [.. Start.Qubits.ToArray()
        .Concat(Steps.Where(step => step.IsPair).SelectMany(step => new[] { step.First, step.Second })).Distinct().Order()];
}

/// <summary>What a compiled circuit costs on its device.</summary>
public sealed record CompilationReport
{
    /// <summary>Name of the device profile.</summary>
    public required string Device { get; init; }

    /// <summary>Device qubits in use, those that SWAPs only pass through included.</summary>
    public required int Qubits { get; init; }

    /// <summary>Virtual RZ gates: changes of a frame of reference, without time or noise.</summary>
    public required int VirtualRotations { get; init; }

    /// <summary>Quarter turns of one qubit.</summary>
    public required int Pulses { get; init; }

    /// <summary>Native two-qubit gates, those of SWAPs and folds included.</summary>
    public required int Entanglers { get; init; }

    /// <summary>SWAPs that routing inserted, three two-qubit gates each.</summary>
    public required int Swaps { get; init; }

    /// <summary>Longest chain of gates that wait for each other, virtual ones not counted.</summary>
    public required int Depth { get; init; }

    /// <summary>From the common start to the common measurement, in seconds; the measurement itself not counted.</summary>
    public required double Seconds { get; init; }

    /// <summary>Channels inserted and imperfect measurements.</summary>
    public required int NoiseOperations { get; init; }

    /// <summary>All native gates.</summary>
    public int Gates => VirtualRotations + Pulses + Entanglers;

    /// <summary>One paragraph for users.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"Compiled to {Device} on {Counted.Of(Qubits, "qubit")}: {Counted.Of(Gates, "native gate")} ({Counted.Of(VirtualRotations, "virtual RZ", "")}, "
        + $"{Counted.Of(Pulses, "pulse")}, {Counted.Of(Entanglers, "two-qubit gate")}) with {Counted.Of(Swaps, "SWAP")} inserted; depth {Depth}, "
        + $"duration {Seconds * 1e6:G4} µs, {Counted.Of(NoiseOperations, "noise operation")}.");

    /// <inheritdoc/>
    public override string ToString() => Describe();
}
