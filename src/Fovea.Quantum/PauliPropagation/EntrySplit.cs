using System.Collections.Immutable;
using System.Numerics;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// The rotations of a circuit parted in two: those of single wires that can be done first, so that they make a product state
/// (one Bloch vector a wire), and the rest.
/// </summary>
internal sealed class EntrySplit
{
    private EntrySplit(RotationCircuit circuit, bool[] isEntry)
    {
        var chains = Enumerable.Range(0, circuit.Circuit.WireCount).Select(_ => new List<PauliRotationGate>()).ToArray();
        var rest = new List<PauliRotationGate>();
        for (var k = 0; k < isEntry.Length; k++)
            (isEntry[k] ? chains[WireOf(circuit.Rotations[k])] : rest).Add(circuit.Rotations[k]);
        Chains = [.. chains.Select(chain => chain.ToImmutableArray())];
        Rest = [.. rest];
        Components = [.. Chains.Select(ReachableComponents)];
    }

    private EntrySplit(ImmutableArray<ImmutableArray<PauliRotationGate>> chains)
    {
        Chains = chains;
        Rest = [];
        Components = [.. Chains.Select(ReachableComponents)];
    }

    /// <summary>[wire]: its rotations in time order, all about X, Y or Z of that wire.</summary>
    public ImmutableArray<ImmutableArray<PauliRotationGate>> Chains { get; }

    /// <summary>All other rotations in time order.</summary>
    public ImmutableArray<PauliRotationGate> Rest { get; }

    /// <summary>[wire]: the components of its Bloch vector that can differ from zero.</summary>
    public ImmutableArray<BlochComponents> Components { get; }

    /// <summary>Whether the rest is the same for every sample.</summary>
    public bool HasInputsInEntryOnly => !Rest.Any(rotation => rotation.IsInput);

    /// <summary>The split with as many rotations in the entry as can be.</summary>
    public static EntrySplit Longest(RotationCircuit circuit) => new(circuit, LongestEntry(circuit));

    /// <summary>The split whose entry goes no further than each wire's last input; what follows on that wire is in the rest.</summary>
    public static EntrySplit UpToInputs(RotationCircuit circuit)
    {
        var isEntry = LongestEntry(circuit);
        var hasInputAhead = 0UL;
        for (var k = isEntry.Length - 1; k >= 0; k--)
        {
            if (!isEntry[k])
                continue;
            if (circuit.Rotations[k].IsInput)
                hasInputAhead |= circuit.Rotations[k].Axis.Support;
            isEntry[k] = (hasInputAhead & circuit.Rotations[k].Axis.Support) != 0;
        }

        return new(circuit, isEntry);
    }

    /// <summary>The entry alone, by its rotations on each wire.</summary>
    public static EntrySplit Of(ImmutableArray<ImmutableArray<PauliRotationGate>> chains) => new(chains);

    /// <summary>Whether a Pauli string can have an expectation value other than zero in the product state.</summary>
    public bool IsVisible(Circuits.PauliString pauli)
    {
        for (var mask = pauli.Support; mask != 0; mask &= mask - 1)
        {
            var wire = BitOperations.TrailingZeroCount(mask);
            if ((Components[wire] & Component(pauli[wire])) == 0)
                return false;
        }

        return true;
    }

    /// <summary>The component that a Pauli operator measures.</summary>
    public static BlochComponents Component(char pauli) => pauli switch
    {
        'X' => BlochComponents.X,
        'Y' => BlochComponents.Y,
        'Z' => BlochComponents.Z,
        _ => throw new ArgumentOutOfRangeException(nameof(pauli), pauli, "must be X, Y or Z"),
    };

    private static bool[] LongestEntry(RotationCircuit circuit)
    {
        var isEntry = new bool[circuit.Rotations.Count];
        for (var k = 0; k < isEntry.Length; k++)
        {
            var axis = circuit.Rotations[k].Axis;
            isEntry[k] = axis.Weight == 1;
            for (var earlier = 0; earlier < k && isEntry[k]; earlier++)
                isEntry[k] = isEntry[earlier] || circuit.Rotations[earlier].Axis.CommutesWith(axis);
        }

        return isEntry;
    }

    private static int WireOf(PauliRotationGate rotation) => BitOperations.TrailingZeroCount(rotation.Axis.Support);

    /// <summary>The Bloch vector starts as (0, 0, 1); a rotation mixes the two components that it does not turn about.</summary>
    private static BlochComponents ReachableComponents(ImmutableArray<PauliRotationGate> chain)
    {
        const BlochComponents all = BlochComponents.X | BlochComponents.Y | BlochComponents.Z;
        var reachable = BlochComponents.Z;
        foreach (var rotation in chain)
        {
            var mixed = all & ~Component(rotation.Axis[WireOf(rotation)]);
            reachable |= (reachable & mixed) != 0 ? mixed : BlochComponents.None;
        }

        return reachable;
    }
}

/// <summary>Components of a Bloch vector.</summary>
[Flags]
internal enum BlochComponents
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>⟨X⟩.</summary>
    X = 1,

    /// <summary>⟨Y⟩.</summary>
    Y = 2,

    /// <summary>⟨Z⟩.</summary>
    Z = 4,
}
