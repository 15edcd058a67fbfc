using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Structure;

/// <summary>The wires of a circuit in blocks that no gate joins: separate circuits side by side.</summary>
internal static class WireBlocks
{
    /// <summary>The blocks in the order of their first wires, each in wire order.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(Circuit circuit)
    {
        var block = Enumerable.Range(0, circuit.WireCount).ToArray();
        foreach (var operation in circuit.Operations)
        {
            var joined = operation.Wires.Min(wire => block[wire]);
            foreach (var old in operation.Wires.Select(wire => block[wire]).ToArray())
                block = Array.ConvertAll(block, b => b == old ? joined : b);
        }

        return [.. Enumerable.Range(0, block.Length).GroupBy(wire => block[wire]).Select(group => (IReadOnlyList<int>)[.. group])];
    }
}
