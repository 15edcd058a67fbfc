using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Where the amplitudes of the logical basis lie in memory, as an affine map over bits: slot = A·(index ⊕ k). CNOT, SWAP
/// and X permute basis states, so they only change this map and move no amplitude.
/// </summary>
internal sealed class IndexFrame
{
    private readonly int[] _flips;
    private readonly int[] _parities;
    private readonly bool[] _inverted;

    /// <summary>The identity map; wire 0 is the most significant bit.</summary>
    public IndexFrame(int wireCount)
    {
        _flips = [.. Enumerable.Range(0, wireCount).Select(wire => 1 << (wireCount - 1 - wire))];
        _parities = [.. _flips];
        _inverted = new bool[wireCount];
    }

    /// <summary>Column of A: flipping the logical bit of <paramref name="wire"/> flips these slot bits.</summary>
    public int FlipMask(int wire) => _flips[wire];

    /// <summary>Row of A⁻¹: the logical bit of <paramref name="wire"/> is the parity of these slot bits …</summary>
    public int ParityMask(int wire) => _parities[wire];

    /// <summary>… negated where this is true.</summary>
    public bool IsInverted(int wire) => _inverted[wire];

    /// <summary>X: the logical bit changes its meaning.</summary>
    public void Flip(int wire) => _inverted[wire] = !_inverted[wire];

    /// <summary>CNOT: the target's logical bit becomes target ⊕ control.</summary>
    public void ControlledNot(int control, int target)
    {
        _flips[control] ^= _flips[target];
        _parities[target] ^= _parities[control];
        _inverted[target] ^= _inverted[control];
    }

    /// <summary>SWAP: two wires exchange their bits.</summary>
    public void Swap(int first, int second)
    {
        (_flips[first], _flips[second]) = (_flips[second], _flips[first]);
        (_parities[first], _parities[second]) = (_parities[second], _parities[first]);
        (_inverted[first], _inverted[second]) = (_inverted[second], _inverted[first]);
    }

    /// <summary>The slot of every logical basis index.</summary>
    public int[] Slots()
    {
        var slots = new int[1 << _flips.Length];
        for (var wire = 0; wire < _flips.Length; wire++)
            slots[0] ^= _inverted[wire] ? _flips[wire] : 0;
        for (var index = 1; index < slots.Length; index++)
        {
            var lowest = BitOperations.TrailingZeroCount(index);
            slots[index] = slots[index & (index - 1)] ^ _flips[_flips.Length - 1 - lowest];
        }

        return slots;
    }
}
