using Fovea.Core.Random;

namespace Fovea.Devices.Compilation;

/// <summary>
/// Looks for layouts in which every pair of wires that interacts is coupled, so that no SWAP is needed, on qubits of low error: branch
/// and bound over the wires in order, for every qubit that the first may be on. Chains, rings and lattices that fit the device are
/// found; a limit on the work keeps graphs that do not fit from taking long.
/// </summary>
internal sealed class Embedding
{
    private const int Work = 100_000;

    private readonly DeviceGraph _map;
    private readonly Interactions _interactions;
    private readonly int[] _qubits;
    private readonly int[] _candidates;
    private readonly bool[] _isTaken;
    private int[]? _best;
    private double _leastCost = double.PositiveInfinity;
    private int _workLeft;

    private Embedding(DeviceGraph map, Interactions interactions, int[] candidates)
    {
        (_map, _interactions, _candidates) = (map, interactions, candidates);
        _qubits = new int[interactions.WireCount];
        _isTaken = new bool[map.QubitCount];
    }

    /// <summary>Layouts, [logical wire], the cheapest first; they may be few or none.</summary>
    /// <param name="map">The device.</param>
    /// <param name="interactions">The circuit.</param>
    /// <param name="candidates">Qubits to use.</param>
    /// <param name="limit">Most layouts.</param>
    public static IEnumerable<int[]> Find(DeviceGraph map, Interactions interactions, int[] candidates, int limit)
    {
        var search = new Embedding(map, interactions, candidates);
        var found = new List<(int[] Qubits, double Cost)>();
        foreach (var start in candidates)
        {
            // The same for every start: one that leads nowhere must not use up the others' share.
            (search._best, search._leastCost, search._workLeft) = (null, double.PositiveInfinity, Math.Max(Work / candidates.Length, 100));
            search.Place(0, start, 0);
            if (search._best is { } best)
                found.Add((best, search._leastCost));
        }

        return found.OrderBy(layout => layout.Cost).Take(limit).Select(layout => layout.Qubits);
    }

    private void Place(int position, int qubit, double cost)
    {
        var wire = _interactions.Order[position];
        cost += CostOf(position, wire, qubit);
        if (cost >= _leastCost || _workLeft-- <= 0)
            return;
        (_qubits[wire], _isTaken[qubit]) = (qubit, true);
        if (position + 1 == _interactions.WireCount)
            (_best, _leastCost) = ([.. _qubits], cost);
        else
            PlaceNext(position + 1, cost);
        _isTaken[qubit] = false;
    }

    private void PlaceNext(int position, double cost)
    {
        var wire = _interactions.Order[position];
        var partners = _interactions.Order.Take(position).Where(other => _interactions.Pairs(wire, other) > 0)
            .Select(other => _qubits[other]).ToArray();
        var choices = partners.Length == 0 ? _candidates : _map.Neighbours[partners[0]];
        foreach (var qubit in choices.Where(qubit => !_isTaken[qubit] && partners.All(other => _map.AreCoupled(qubit, other)))
            .OrderBy(qubit => CostOf(position, wire, qubit)))
        {
            Place(position, qubit, cost);
        }
    }

    private double CostOf(int position, int wire, int qubit)
    {
        var cost = (_interactions.Singles(wire) * _map.PulseCost(qubit)) + _map.ReadoutCost(qubit);
        for (var k = 0; k < position; k++)
        {
            var other = _interactions.Order[k];
            if (_interactions.Pairs(wire, other) is > 0 and var pairs)
                cost += pairs * _map.EdgeCost(qubit, _qubits[other]);
        }

        return cost;
    }
}

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
