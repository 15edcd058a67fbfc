using System.Collections.Immutable;
using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.PauliPropagation;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// Wires whose rotations before the first entangling gate have the same axes and the same kinds of angles one after the other,
/// so that their Bloch vectors turn in the same operations.
/// </summary>
internal sealed class BlochGroup
{
    private static readonly double[] One = [1];
    private readonly List<(AngleColumn Angles, int First, int Second)> _turns = [];

    private BlochGroup(int[] wires, EntrySplit entry, int weightCount)
    {
        Wires = [.. wires];
        Components = [.. Enumerable.Range(0, 3).Where(axis => entry.Components[wires[0]].HasFlag(EntrySplit.Component("XYZ"[axis])))];
        for (var turn = 0; turn < entry.Chains[wires[0]].Length; turn++)
        {
            var rotations = wires.Select(wire => entry.Chains[wire][turn]).ToArray();
            var (_, first, second) = EntryTurn.Of(rotations[0], wires[0]);
            var origin = FeatureTable.OfWire(wires[0]);
            _turns.Add((new AngleColumn(rotations, weightCount), first - origin, second - origin));
        }
    }

    /// <summary>The wires.</summary>
    public ImmutableArray<int> Wires { get; }

    /// <summary>The components that can differ from zero, 0 to 2 for X, Y and Z.</summary>
    public ImmutableArray<int> Components { get; }

    /// <summary>Parts all wires of a circuit into groups.</summary>
    public static IReadOnlyList<BlochGroup> Build(EntrySplit entry, int weightCount)
    {
        string Shape(int wire) => string.Join(' ', entry.Chains[wire].Select(r => $"{r.Axis[wire]}{AngleColumn.Source(r)}"));
        return [.. Enumerable.Range(0, entry.Chains.Length).GroupBy(Shape).Select(group => new BlochGroup([.. group], entry, weightCount))];
    }

    /// <summary>For each of <see cref="Components"/> [wires, batch], the wires in the order of <see cref="Wires"/>.</summary>
    /// <param name="inputs">[inputs, batch].</param>
    /// <param name="weights">[weights + 1, 1], the last one 1.</param>
    /// <param name="constants">Of the tensors' device and type.</param>
    public IEnumerable<Tensor> Turn(Tensor inputs, Tensor weights, TensorConstants constants)
    {
        // A component that is zero for every sample has no tensor.
        Tensor?[] bloch = [null, null, constants.Numbers(One).view(1, 1)];
        foreach (var (angles, first, second) in _turns)
        {
            var angle = angles.Of(inputs, weights, constants);
            var (sin, cos) = (angle.sin(), angle.cos());
            var (a, b) = (bloch[first], bloch[second]);
            bloch[first] = Sum(a?.mul(cos), b?.mul(sin).neg());
            bloch[second] = Sum(b?.mul(cos), a?.mul(sin));
        }

        return Components.Select(component => bloch[component]!.expand(Wires.Length, inputs.shape[1]));
    }

    private static Tensor? Sum(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : a.Plus(b);
}
