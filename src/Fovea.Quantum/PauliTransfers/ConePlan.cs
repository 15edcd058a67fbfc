using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliTransfers;

/// <summary>
/// The pull-back of observables that see the same wires: which maps act, on which wires. The cone grows by a wire when a map may put
/// another Pauli operator than the identity there, judged by which operators can stand on each wire. Coefficients of the outputs lie
/// side by side, [Pauli string][lane], so that every map is a few long loops.
/// </summary>
internal sealed class ConePlan
{
    private const int Identity = 1;
    private readonly List<int> _wires = [];
    private readonly List<int> _letters = [];
    private readonly List<ConeStep> _steps = [];

    private ConePlan(IReadOnlyList<int> outputs, IReadOnlyList<Observable> observables)
    {
        Outputs = outputs;
        Lanes = (int)BitOperations.RoundUpToPowerOf2((uint)outputs.Count);
        for (var mask = outputs.Aggregate(0UL, (m, output) => m | observables[output].Support); mask != 0; mask &= mask - 1)
        {
            _wires.Add(BitOperations.TrailingZeroCount(mask));
            _letters.Add(0);
        }

        Start = new double[Lanes << (2 * _wires.Count)];
        for (var lane = 0; lane < outputs.Count; lane++)
        {
            foreach (var term in observables[outputs[lane]].Terms)
                AddTerm(term, lane);
        }
    }

    /// <summary>[lane]: the output.</summary>
    public IReadOnlyList<int> Outputs { get; }

    /// <summary>A power of two; lanes beyond the outputs stay zero.</summary>
    public int Lanes { get; }

    /// <summary>The observables as vectors on their own wires, in rising order, the first one the fastest digit.</summary>
    public double[] Start { get; }

    /// <summary>The maps that act, the last one in time first.</summary>
    public IReadOnlyList<ConeStep> Steps => _steps;

    /// <summary>[digit]: the wire.</summary>
    public IReadOnlyList<int> Wires => _wires;

    /// <summary>[digit]: the operators that can stand there, bit P for Pauli number P.</summary>
    public IReadOnlyList<int> Letters => _letters;

    /// <summary>Plans outputs together, or returns null when their cone is wider than allowed.</summary>
    public static ConePlan? TryCreate(
        IReadOnlyList<int> outputs,
        IReadOnlyList<Observable> observables,
        IReadOnlyList<TransferMap> maps,
        IReadOnlyList<bool[]> patterns,
        int maxWires)
    {
        var plan = new ConePlan(outputs, observables);
        for (var map = maps.Count - 1; map >= 0 && plan._wires.Count <= maxWires; map--)
            plan.Add(map, maps[map], patterns[map]);
        return plan._wires.Count <= maxWires ? plan : null;
    }

    private void AddTerm(PauliTerm term, int lane)
    {
        var index = 0;
        for (var digit = 0; digit < _wires.Count; digit++)
        {
            var pauli = "IXYZ".IndexOf(term.Pauli[_wires[digit]], StringComparison.Ordinal);
            index += pauli << (2 * digit);
            _letters[digit] |= 1 << pauli;
        }

        Start[(index * Lanes) + lane] += term.Coefficient;
    }

    private void Add(int index, TransferMap map, bool[] pattern)
    {
        // A map on wires that hold nothing but the identity changes nothing.
        if (Array.TrueForAll(map.Wires, wire => Letter(wire) == Identity))
            return;
        var reached = Reached(map, pattern);
        foreach (var (wire, k) in map.Wires.Select((wire, k) => (wire, k)))
        {
            if (_wires.Contains(wire) || reached[k] == Identity)
                continue;
            _wires.Add(wire);
            _letters.Add(reached[k]);
        }

        for (var k = 0; k < map.Wires.Length; k++)
        {
            if (_wires.IndexOf(map.Wires[k]) is var digit && digit >= 0)
                _letters[digit] = reached[k];
        }

        _steps.Add(Step(index, map, pattern));
    }

    private int Letter(int wire) => _wires.IndexOf(wire) is var digit && digit >= 0 ? _letters[digit] : Identity;

    /// <summary>[wire of the map]: the operators that can stand there afterwards.</summary>
    private int[] Reached(TransferMap map, bool[] pattern)
    {
        var reached = new int[map.Wires.Length];
        for (var p = 0; p < map.Size; p++)
        {
            if (!map.Wires.Select((wire, k) => (Letter(wire) >> Digit(p, k, map)) & 1).All(bit => bit == 1))
                continue;
            for (var q = 0; q < map.Size; q++)
            {
                for (var k = 0; k < reached.Length && pattern[(p * map.Size) + q]; k++)
                    reached[k] |= 1 << Digit(q, k, map);
            }
        }

        return reached;
    }

    private ConeStep Step(int index, TransferMap map, bool[] pattern)
    {
        int[] present = [.. Enumerable.Range(0, map.Wires.Length).Where(k => _wires.Contains(map.Wires[k]))];
        int[] strides = [.. present.Select(k => Lanes << (2 * _wires.IndexOf(map.Wires[k])))];
        if (map.Wires.Length == 1)
            return new(index, Lanes << (2 * _wires.Count), strides, [], []);
        int Offset(int pauli) => present.Select((k, place) => strides[place] * Digit(pauli, k, map)).Sum();
        bool IsPresent(int pauli) => Enumerable.Range(0, map.Wires.Length).Except(present).All(k => Digit(pauli, k, map) == 0);
        var entries = (from p in Enumerable.Range(0, map.Size)
                       from q in Enumerable.Range(0, map.Size)
                       where pattern[(p * map.Size) + q] && IsPresent(p) && IsPresent(q)
                       select (From: Offset(p), To: Offset(q), Element: (p * map.Size) + q)).ToArray();
        return new(index, Lanes << (2 * _wires.Count), strides, entries, [.. entries.Select(entry => (entry.To, entry.From, entry.Element))]);
    }

    private static int Digit(int pauli, int wire, TransferMap map) => (pauli >> (2 * (map.Wires.Length - 1 - wire))) & 3;
}

/// <summary>One map on the coefficients of a cone's outputs, which live on the wires of the cone.</summary>
/// <param name="Map">Index of the map.</param>
/// <param name="Size">Numbers of the vector when it acts; those beyond the step before are of new wires, with the identity there.</param>
/// <param name="Strides">Of the map's wires.</param>
/// <param name="Entries">For several wires: offsets of P and Q and the matrix element; empty for one wire.</param>
/// <param name="Backward">The same from Q to P.</param>
internal sealed record ConeStep(
    int Map, int Size, int[] Strides, (int From, int To, int Element)[] Entries, (int From, int To, int Element)[] Backward);
