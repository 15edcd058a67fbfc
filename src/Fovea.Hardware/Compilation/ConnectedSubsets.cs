using Fovea.Core.Random;

namespace Fovea.Hardware.Compilation;

/// <summary>Connected sets of qubits to start routing from.</summary>
internal static class ConnectedSubsets
{
    /// <summary>
    /// Grows a set from a qubit by the neighbour of the lowest cost: its readout, a pulse, and the mean of its couplings into the set
    /// divided by their number, so that well-connected neighbours come first.
    /// </summary>
    public static int[] LowError(DeviceGraph map, int start, int count) => Grow(map, start, count, (qubit, members) =>
    {
        var edges = members.Where(member => map.AreCoupled(qubit, member)).Select(member => map.EdgeCost(qubit, member)).ToArray();
        return map.ReadoutCost(qubit) + map.PulseCost(qubit) + (edges.Average() / edges.Length);
    });

    /// <summary>Grows a set from a qubit by random neighbours.</summary>
    public static int[] Random(DeviceGraph map, int start, int count, CounterRandom random) =>
        Grow(map, start, count, (_, _) => random.NextDouble());

    private static int[] Grow(DeviceGraph map, int start, int count, Func<int, List<int>, double> cost)
    {
        var members = new List<int> { start };
        while (members.Count < count)
        {
            members.Add(members.SelectMany(member => map.Neighbours[member]).Distinct().Except(members).Order()
                .MinBy(qubit => cost(qubit, members)));
        }

        return [.. members];
    }
}
