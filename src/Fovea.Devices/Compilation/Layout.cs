using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Compilation;

/// <summary>Which qubit each logical wire is on.</summary>
internal sealed class Layout
{
    private readonly int[] _qubits;
    private readonly int[] _wires;

    /// <param name="qubits">[logical wire]: distinct.</param>
    /// <param name="qubitCount">Qubits of the device.</param>
    public Layout(IEnumerable<int> qubits, int qubitCount)
    {
        _qubits = [.. qubits];
        _wires = new int[qubitCount];
        Array.Fill(_wires, -1);
        for (var wire = 0; wire < _qubits.Length; wire++)
            _wires[_qubits[wire]] = wire;
    }

    /// <summary>[logical wire].</summary>
    public ReadOnlySpan<int> Qubits => _qubits;

    public Layout Copy() => new(_qubits, _wires.Length);

    /// <summary>Exchanges what two qubits hold, which may be nothing.</summary>
    public void Swap(int first, int second)
    {
        (_wires[first], _wires[second]) = (_wires[second], _wires[first]);
        foreach (var qubit in new[] { first, second })
        {
            if (_wires[qubit] >= 0)
                _qubits[_wires[qubit]] = qubit;
        }
    }

    /// <summary>Where a wire on <paramref name="qubit"/> is after a SWAP of two qubits.</summary>
    public static int Moved(int qubit, int first, int second) => qubit == first ? second : qubit == second ? first : qubit;
}

/// <summary>
/// What a trial loses: the sum of −log fidelity of its gates and measurements first (as in mapomatic, arXiv 2209.15512); where devices
/// make no difference, the fewest entanglers, pulses and qubits.
/// </summary>
internal readonly record struct LayoutCost(double Infidelity, int Entanglers, int Pulses, int Qubits) : IComparable<LayoutCost>
{
    // Sums of the same terms in another order.
    private const double Tolerance = 1e-12;

    public static LayoutCost Estimate(DeviceGraph map, CompiledLayout layout)
    {
        var gates = NativeWriter.Write(map, layout.Steps, foldingFactor: 1);
        var infidelity = layout.End.Qubits.ToArray().Sum(map.ReadoutCost);
        foreach (var gate in gates.Where(gate => gate.Kind != NativeKind.Rotation))
            infidelity += gate.Second < 0 ? map.PulseCost(gate.First) : map.EdgeCost(gate.First, gate.Second);
        return new(
            infidelity,
            gates.Count(gate => gate.Kind == NativeKind.Entangler),
            gates.Count(gate => gate.Kind == NativeKind.Pulse),
            layout.UsedQubits().Length);
    }

    public int CompareTo(LayoutCost other) => Math.Abs(Infidelity - other.Infidelity) > Tolerance * Math.Max(1, Infidelity)
        ? Infidelity.CompareTo(other.Infidelity)
        : (Entanglers, Pulses, Qubits).CompareTo((other.Entanglers, other.Pulses, other.Qubits));
}

/// <summary>
/// Finds a layout and a routing: the best embeddings without SWAPs if there are any, and routed trials that start from connected sets of
/// qubits, of low error and random ones in turn, refined forwards and backwards (Li, Ding and Xie 2019). The cheapest wins.
/// </summary>
internal sealed class LayoutSearch(DeviceGraph map, int wireCount, IReadOnlyList<Step> steps, CompilationOptions options)
{
    private readonly Interactions _interactions = new(wireCount, steps);
    private readonly IReadOnlyList<Step> _backwards = [.. steps.Reverse()];

    /// <exception cref="InputException">The device cannot hold the circuit.</exception>
    public CompiledLayout Best()
    {
        var candidates = Candidates();
        var trials = new List<CompiledLayout>();
        foreach (var embedding in Embedding.Find(map, _interactions, candidates, options.Trials))
            trials.Add(Routed(new Layout(embedding, map.QubitCount), new CounterRandom(options.Seed, 0)));
        if (_interactions.HasPairs)
            trials.AddRange(Enumerable.Range(0, options.Trials).Select(trial => Trial(trial, candidates)));
        return trials.Where(trial => trial.UsedQubits().Length <= Circuit.MaxWires).MinBy(trial => LayoutCost.Estimate(map, trial))
            ?? Confined(candidates[0]).Best();
    }

    /// <summary>Where every trial has led through more qubits than a circuit may have wires: the search among no more than those.</summary>
    private LayoutSearch Confined(int start) =>
        new(map.Within(ConnectedSubsets.LowError(map, start, Circuit.MaxWires)), wireCount, steps, options);

    /// <summary>Qubits to use, those with the better gates first.</summary>
    private int[] Candidates()
    {
        var qubits = _interactions.HasPairs ? map.LargestComponent() : [.. Enumerable.Range(0, map.QubitCount)];
        if (qubits.Length < wireCount)
        {
            throw new InputException(
                $"device {map.Profile.Name}: its couplings connect no more than {qubits.Length} of its {map.QubitCount} qubits, the circuit "
                    + $"needs {wireCount} connected ones");
        }

        return [.. qubits.OrderBy(qubit => map.ReadoutCost(qubit) + map.PulseCost(qubit)
            + map.Neighbours[qubit].Select(other => map.EdgeCost(qubit, other)).DefaultIfEmpty(0).Average())];
    }

    private CompiledLayout Trial(int trial, int[] candidates)
    {
        var random = new CounterRandom(options.Seed, (ulong)trial + 1);
        var qubits = int.IsEvenInteger(trial)
            ? ConnectedSubsets.LowError(map, candidates[trial / 2 % candidates.Length], wireCount)
            : ConnectedSubsets.Random(map, candidates[random.NextInt(candidates.Length)], wireCount, random);
        random.Shuffle<int>(qubits);
        var forwards = SabrePass.Run(map, steps, new Layout(qubits, map.QubitCount), random);
        var backwards = SabrePass.Run(map, _backwards, forwards.Layout, random);
        return Routed(backwards.Layout, random);
    }

    private CompiledLayout Routed(Layout start, CounterRandom random)
    {
        var pass = SabrePass.Run(map, steps, start, random);
        return new(start, pass.Layout, pass.Routed, pass.Swaps);
    }
}
