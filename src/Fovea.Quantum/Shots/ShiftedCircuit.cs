using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.Shots;

/// <summary>
/// A noisy circuit with one angle shifted, which is what a machine can run in place of a derivative: R(θ + s) = R(θ)·R(s), so a gate of
/// the constant angle s goes in beside the gate, ahead of the gate's noise and without noise of its own.
/// </summary>
internal static class ShiftedCircuit
{
    /// <summary>The circuit with the angle of one gate shifted.</summary>
    /// <param name="noisy">The circuit.</param>
    /// <param name="operation">Index of a gate with an angle.</param>
    /// <param name="shift">s in radians.</param>
    public static NoisyCircuit Of(NoisyCircuit noisy, int operation, double shift)
    {
        var circuit = noisy.Circuit;
        var gate = circuit.Operations[operation];
        var operations = circuit.Operations.Insert(operation + 1, new Operation(gate.Kind, gate.Wires.AsSpan(), Angle.Constant(shift)));
        var channels = noisy.Channels.Select(channel => channel.Position > operation ? channel with { Position = channel.Position + 1 } : channel);
        return new NoisyCircuit(
            new Circuit(
                circuit.WireCount, circuit.InputCount, circuit.WeightCount, operations, circuit.Observables,
                circuit.Preparation),
            channels, noisy.Readout);
    }
}
