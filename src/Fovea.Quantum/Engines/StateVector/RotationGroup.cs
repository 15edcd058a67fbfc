using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Up to three independent Y rotations done in one pass: 2^k slots, reached from a base slot by the flip masks, are loaded,
/// rotated among themselves and stored.
/// </summary>
internal sealed class RotationGroup
{
    /// <summary>Most rotations in a group: 8 slots of one plane in registers.</summary>
    public const int MaxSize = 3;

    /// <summary>Groups rotations that are pairwise independent.</summary>
    public RotationGroup(int wireCount, PauliRotation[] rotations, int[] indices)
    {
        Indices = indices;
        Flips = [.. rotations.Select(rotation => rotation.FlipMask)];
        Parities = [.. rotations.Select(rotation => rotation.ParityMask)];
        Bases = [.. Enumerable.Range(0, 1 << wireCount).Where(IsBase)];
    }

    /// <summary>Coefficient index of each rotation.</summary>
    public int[] Indices { get; }

    /// <summary>Flip mask of each rotation.</summary>
    public int[] Flips { get; }

    /// <summary>Parity mask of each rotation.</summary>
    public int[] Parities { get; }

    /// <summary>The slots with all parities even, ascending: the first of each set.</summary>
    public int[] Bases { get; }

    private bool IsBase(int slot) =>
        Array.TrueForAll(Parities, parity => int.IsEvenInteger(BitOperations.PopCount((uint)(slot & parity))));
}
