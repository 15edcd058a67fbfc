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
    public static IReadOnlyList<CircuitPart> Of(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        if (circuit.Preparation != StatePreparation.Zero)
            throw new ArgumentException("a circuit that starts from amplitudes cannot be parted", nameof(circuit));
        var groups = circuit.Observables.Select((observable, output) => Group.Of(circuit, observable, output)).ToList();
        while (BestPair(groups) is var (first, second) && second > 0)
        {
            groups[first] = groups[first].Union(groups[second]);
            groups.RemoveAt(second);
        }

        return [.. groups.OrderBy(group => group.Outputs[0])
            .Select(group => CircuitPart.Of(circuit, group.Outputs, group.Operations))];
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

        public static Group Of(Circuit circuit, Observable observable, int output)
        {
            var cone = LightCone.Of(circuit, observable);
            return new([output], [.. cone.Operations], cone.Wires);
        }

        public Group Union(Group other) => new(
            [.. Outputs.Concat(other.Outputs).Order()], [.. Operations.Union(other.Operations)], Wires | other.Wires);
    }
}
