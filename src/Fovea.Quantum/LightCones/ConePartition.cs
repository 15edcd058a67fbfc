using System.Collections.Immutable;
using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.LightCones;

/// <summary>Parts a circuit into smaller ones by the light cones of its outputs; independent blocks come apart by themselves.</summary>
public static class ConePartition
{
    /// <summary>
    /// Groups the outputs so that state vectors over the groups' cones are least work: starting from one group an output, the
    /// two groups whose union saves most are joined, as long as one saves anything. Work is gates × 2^wires.
    /// </summary>
    /// <param name="circuit">A circuit that starts from |0…0⟩.</param>
    /// <returns>The parts, in the order of their first outputs; a single part where nothing is to be gained.</returns>
    /// <exception cref="ArgumentException">The circuit starts from amplitudes, which are one state of all wires.</exception>
    public static IReadOnlyList<CircuitPart> Split(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        if (circuit.Preparation != StatePreparation.Zero)
            throw new ArgumentException("a circuit that starts from amplitudes cannot be parted", nameof(circuit));
        var groups = circuit.Observables.Select((observable, output) => Group.Trace(circuit, observable, output)).ToList();
        while (BestPair(groups) is var (first, second) && second > 0)
        {
            groups[first] = groups[first].Union(groups[second]);
            groups.RemoveAt(second);
        }

        return [.. groups.OrderBy(group => group.Outputs[0])
            .Select(group => CircuitPart.Extract(circuit, group.Outputs, group.Operations))];
    }

    private static (int First, int Second) BestPair(List<Group> groups)
    {
        var (best, saved) = ((0, 0), 0.0);
        for (var second = 1; second < groups.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                var gain = groups[first].Work + groups[second].Work - groups[first].Union(groups[second]).Work;
                if (gain > saved)
                    (best, saved) = ((first, second), gain);
            }
        }

        return best;
    }

    private sealed record Group(int[] Outputs, HashSet<int> Operations, ulong Wires)
    {
        public double Work => (Operations.Count + Outputs.Length + 1.0) * Math.Pow(2, BitOperations.PopCount(Wires));

        public static Group Trace(Circuit circuit, Observable observable, int output)
        {
            var cone = LightCone.Trace(circuit, observable);
            return new([output], [.. cone.Operations], cone.Wires);
        }

        public Group Union(Group other) => new(
            [.. Outputs.Concat(other.Outputs).Order()], [.. Operations.Union(other.Operations)], Wires | other.Wires);
    }
}

/// <summary>Some outputs of a circuit as a circuit of their own, on the wires, gates, inputs and weights that they depend on.</summary>
/// <param name="Circuit">The smaller circuit; wires, inputs and weights are numbered anew, in their old order.</param>
/// <param name="Wires">[wire]: its number in the whole circuit.</param>
/// <param name="Inputs">[input]: its number in the whole circuit.</param>
/// <param name="Weights">[weight]: its number in the whole circuit.</param>
/// <param name="Outputs">[output]: its number in the whole circuit.</param>
public sealed record CircuitPart(
    Circuit Circuit,
    ImmutableArray<int> Wires,
    ImmutableArray<int> Inputs,
    ImmutableArray<int> Weights,
    ImmutableArray<int> Outputs)
{
    /// <summary>The part that computes some outputs.</summary>
    /// <param name="circuit">The whole circuit, starting from |0…0⟩.</param>
    /// <param name="outputs">Which of its observables.</param>
    /// <param name="operations">The gates they can see, by index.</param>
    public static CircuitPart Extract(Circuit circuit, IEnumerable<int> outputs, IEnumerable<int> operations)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var kept = operations.Distinct().Order().Select(index => circuit.Operations[index]).ToArray();
        ImmutableArray<int> chosen = [.. outputs];
        var observables = chosen.Select(output => circuit.Observables[output]).ToArray();
        var support = observables.Aggregate(0UL, (mask, observable) => mask | observable.Support);
        var measured = Enumerable.Range(0, circuit.WireCount).Where(wire => (support >> wire & 1) != 0);
        ImmutableArray<int> wires = [.. kept.SelectMany(operation => operation.Wires).Concat(measured).Distinct().Order()];
        // An observable that is a constant still needs a wire to stand on.
        wires = wires.IsEmpty ? [0] : wires;
        var angles = kept.Where(operation => operation.Angle is not null).Select(operation => operation.Angle!.Value).ToArray();
        ImmutableArray<int> inputs = [.. angles.SelectMany(InputsOf).Distinct().Order()];
        ImmutableArray<int> weights = [.. angles.Where(a => a.Source == AngleSource.Weight).Select(a => a.Index).Distinct().Order()];
        var part = new Circuit(
            wires.Length,
            inputs.Length,
            weights.Length,
            kept.Select(operation => new Operation(
                operation.Kind,
                [.. operation.Wires.Select(wire => wires.IndexOf(wire))],
                operation.Angle is { } angle ? Renumber(angle, inputs, weights) : null)),
            observables.Select(observable => Renumber(observable, wires)));
        return new(part, wires, inputs, weights, chosen);
    }

    private static int[] InputsOf(Angle angle) => angle.Source switch
    {
        AngleSource.Input => [angle.Index],
        AngleSource.InputProduct => [angle.Index, angle.SecondIndex],
        _ => [],
    };

    private static Angle Renumber(Angle angle, ImmutableArray<int> inputs, ImmutableArray<int> weights) => angle.Source switch
    {
        AngleSource.Weight => Angle.Weight(weights.IndexOf(angle.Index), angle.Scale),
        AngleSource.Input => Angle.Input(inputs.IndexOf(angle.Index), angle.Scale),
        AngleSource.InputProduct =>
            Angle.InputProduct(inputs.IndexOf(angle.Index), inputs.IndexOf(angle.SecondIndex), angle.Scale),
        _ => angle,
    };

    private static Observable Renumber(Observable observable, ImmutableArray<int> wires)
    {
        ulong Move(ulong mask)
        {
            var moved = 0UL;
            for (var wire = 0; wire < wires.Length; wire++)
                moved |= (mask >> wires[wire] & 1) << wire;
            return moved;
        }

        return new(observable.Terms.Select(term =>
            term with { Pauli = new PauliString(Move(term.Pauli.X), Move(term.Pauli.Z)) }));
    }
}
