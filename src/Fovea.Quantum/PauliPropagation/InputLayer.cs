using System.Collections.Immutable;
using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// The beginning of a noisy circuit, where each wire by itself goes from |0⟩ through fixed maps to Bloch vector r and is turned by its
/// one input about an axis. Behind that, ⟨P⟩ of the wire is r_P along the axis and r_P·cos α ± r_P'·sin α across it. So strings of
/// Paulis become strings of functions: the letter X stands for sin α, Z for cos α, I for 1, as if the wire had been |0⟩ turned about
/// Y. Three functions a wire instead of four components, whatever the noise.
/// </summary>
internal sealed class InputLayer : IStringMap
{
    private readonly double[][] _bloch;
    private readonly PauliRotationGate?[] _inputs;

    private InputLayer(int wires)
    {
        _bloch = [.. Enumerable.Range(0, wires).Select(_ => new double[] { 0, 0, 1 })];
        _inputs = new PauliRotationGate?[wires];
    }

    /// <summary>[wire]: the turn of |0⟩ about Y that the functions are the components of; none for a wire without an input.</summary>
    public ImmutableArray<ImmutableArray<PauliRotationGate>> Chains => [.. _inputs.Select((input, wire) =>
        input is { } rotation ? ImmutableArray.Create(rotation with { Axis = PauliString.On('Y', wire) }) : [])];

    /// <summary>Parts a circuit in its input layer and the rest, or says why it cannot be done.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="rest">All items that are not in the layer, in time order.</param>
    /// <param name="reason">Empty, or why not.</param>
    public static InputLayer? TryPart(NoisyRotations circuit, out IReadOnlyList<NoisyItem> rest, out string reason)
    {
        var layer = new InputLayer(circuit.Circuit.WireCount);
        var isEntry = new bool[circuit.Items.Count];
        rest = [];
        for (var index = 0; index < isEntry.Length; index++)
        {
            if (!circuit.Items[index].IsInput)
                continue;
            reason = layer.Enter(circuit.Items, index, isEntry);
            if (reason.Length > 0)
                return null;
        }

        reason = "";
        rest = [.. circuit.Items.Where((_, index) => !isEntry[index])];
        return layer;
    }

    /// <inheritdoc/>
    public void PullBack(PauliString pauli, Action<PauliString, double> add) => PullBack(pauli, pauli.Support, PauliString.Identity, 1, add);

    private string Enter(IReadOnlyList<NoisyItem> items, int index, bool[] isEntry)
    {
        var rotation = items[index].Rotation!.Value;
        if (rotation.Axis.Weight != 1)
            return "an input enters behind an entangling gate";
        var wire = BitOperations.TrailingZeroCount(rotation.Axis.Support);
        if (_inputs[wire] is not null)
            return $"two inputs turn wire {wire}";
        for (var earlier = 0; earlier < index; earlier++)
        {
            var item = items[earlier];
            if ((item.Support >> wire & 1) == 0)
                continue;
            if (BitOperations.PopCount(item.Support) > 1)
                return "an input enters behind an entangling gate";
            if (item.IsWeight)
                return $"a weight turns wire {wire} before its input";
            isEntry[earlier] = true;
            if (item.Channel is { } channel)
                channel.ApplyTo(_bloch[wire], wire);
            else
                Turn(_bloch[wire], item.Rotation!.Value, wire);
        }

        isEntry[index] = true;
        _inputs[wire] = rotation;
        return "";
    }

    /// <summary>About X it turns Y to Z, and so on around.</summary>
    private static void Turn(double[] bloch, PauliRotationGate rotation, int wire)
    {
        var axis = Letter(rotation.Axis, wire);
        var (first, second) = ((axis + 1) % 3, (axis + 2) % 3);
        var (sin, cos) = Math.SinCos(rotation.Scale);
        (bloch[first], bloch[second]) = ((cos * bloch[first]) - (sin * bloch[second]), (cos * bloch[second]) + (sin * bloch[first]));
    }

    private static int Letter(PauliString pauli, int wire) => "XYZ".IndexOf(pauli[wire], StringComparison.Ordinal);

    private void PullBack(PauliString pauli, ulong wires, PauliString done, double factor, Action<PauliString, double> add)
    {
        if (factor == 0)
            return;
        if (wires == 0)
        {
            add(done, factor);
            return;
        }

        var wire = BitOperations.TrailingZeroCount(wires);
        var (rest, bit, bloch) = (wires & (wires - 1), 1UL << wire, _bloch[wire]);
        var along = bloch[Letter(pauli, wire)];
        if (_inputs[wire] is not { } input || input.Axis[wire] == pauli[wire])
        {
            PullBack(pauli, rest, done, factor * along, add);
            return;
        }

        var (sign, partner) = RotationCircuit.Partner(input.Axis, PauliString.On(pauli[wire], wire));
        PullBack(pauli, rest, new(done.X, done.Z | bit), factor * along, add);
        PullBack(pauli, rest, new(done.X | bit, done.Z), factor * sign * bloch[Letter(partner, wire)], add);
    }
}
