using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Costs;

/// <summary>Counts the gates of a circuit.</summary>
internal static class CostStudy
{
    /// <summary>The costs, without speed.</summary>
    /// <param name="subject">The circuit.</param>
    /// <param name="dead">How many of its parameters are dead.</param>
    public static CircuitCost Of(AnsatzSubject subject, int dead)
    {
        var circuit = subject.WithEncoding();
        return new()
        {
            Parameters = circuit.WeightCount,
            LiveParameters = circuit.WeightCount - dead,
            OneQubitGates = circuit.Operations.Count(operation => operation.Wires.Length == 1),
            TwoQubitGates = circuit.Operations.Count(operation => operation.Wires.Length > 1),
            Depth = Depth(circuit),
        };
    }

    private static int Depth(Circuit circuit)
    {
        var until = new int[circuit.WireCount];
        foreach (var operation in circuit.Operations)
        {
            var end = operation.Wires.Max(wire => until[wire]) + 1;
            foreach (var wire in operation.Wires)
                until[wire] = end;
        }

        return until.Max();
    }
}
