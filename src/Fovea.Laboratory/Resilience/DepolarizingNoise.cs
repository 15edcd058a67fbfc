using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Laboratory.Resilience;

/// <summary>
/// A depolarizing channel behind every gate of the logical circuit, on the gate's wires: noise without a device, so without native gates, SWAPs
/// or waiting. p is the total probability of an error (<see cref="Channels.DepolarizingByError"/>).
/// </summary>
/// <param name="OneQubit">p behind a gate on one wire.</param>
/// <param name="TwoQubit">p behind a gate on two wires.</param>
public sealed record DepolarizingNoise(double OneQubit = 3e-4, double TwoQubit = 8e-3)
{
    /// <summary>The name in results.</summary>
    public const string Name = "depolarizing";

    /// <summary>The circuit with the noise in it.</summary>
    public NoisyCircuit On(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var (one, two) = (Channels.DepolarizingByError(OneQubit), Channels.DepolarizingByError(TwoQubit, wires: 2));
        return new(circuit, circuit.Operations.SelectMany((operation, position) => operation.Wires.Length switch
        {
            1 => [new ChannelInsertion(position + 1, one, operation.Wires)],
            2 => [new ChannelInsertion(position + 1, two, operation.Wires)],
            // There is no such channel on three wires: one on each pair of neighbours in the gate.
            _ => new[]
            {
                new ChannelInsertion(position + 1, two, [operation.Wires[0], operation.Wires[1]]),
                new ChannelInsertion(position + 1, two, [operation.Wires[1], operation.Wires[2]]),
            },
        }));
    }
}
