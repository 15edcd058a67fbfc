using System.Collections.Immutable;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>Lays out the pull-back of a noisy circuit down to its inputs.</summary>
internal static class NoisyPropagation
{
    /// <summary>The program and the chains of its input functions, or null and why not.</summary>
    /// <param name="noisy">The circuit.</param>
    /// <param name="maxSlots">Most coefficients.</param>
    /// <param name="maxEntries">Most entries of the channels' matrices.</param>
    /// <param name="reason">Empty, or why not.</param>
    public static (PropagationProgram Program, InputLayer Inputs)? TryCreate(
        NoisyCircuit noisy, int maxSlots, long maxEntries, out string reason)
    {
        var circuit = NoisyRotations.Of(noisy);
        if (InputLayer.TryPart(circuit, out var items, out reason) is not { } inputs)
            return null;
        ImmutableArray<PauliRotationGate> rotations = [.. items.Where(item => item.IsWeight).Select(item => item.Rotation!.Value)];
        var builder = new PullBackBuilder(rotations, circuit.Observables, maxSlots, maxEntries);
        var numbered = Number(items);
        foreach (var level in numbered.GroupBy(item => item.Item.Level).OrderByDescending(level => level.Key))
        {
            // In time a level's rotations by weights come last: what is constant there stands before them, on the same wires.
            foreach (var (_, rotation) in level.Where(item => item.Item.IsWeight).Reverse())
                builder.AddTurn(rotation);
            builder.AddConstant([.. level.Where(item => !item.Item.IsWeight).Reverse().Select(item => item.Item.Map)]);
            if (!builder.IsWithinLimits)
            {
                reason = $"it would take more than {maxSlots} Pauli coefficients or {maxEntries} entries of channels";
                return null;
            }
        }

        builder.End(inputs);
        return (builder.Build(), inputs);
    }

    /// <summary>Each item with the number of rotations by weights before it.</summary>
    private static List<(NoisyItem Item, int Rotation)> Number(IReadOnlyList<NoisyItem> items)
    {
        var numbered = new List<(NoisyItem, int)>(items.Count);
        var rotation = 0;
        foreach (var item in items)
            numbered.Add((item, item.IsWeight ? rotation++ : rotation));
        return numbered;
    }
}
