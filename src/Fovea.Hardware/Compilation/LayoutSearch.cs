using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Compilation;

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
        return trials.Where(trial => trial.UsedQubits().Length <= Circuit.MaxWires).MinBy(trial => LayoutCost.Of(map, trial))
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
                $"device {map.Profile.Name}: its couplings connect no more than {qubits.Length} of its {map.QubitCount} qubits, the circuit needs {wireCount} connected ones");
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
