using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Rotations moved as early as their commutation allows. What reaches the front and acts on a single qubit joins the
/// chain of that qubit, so the state starts as a product of qubits; the rest falls into stages of one diagonal followed
/// by independent Y rotations. Phases on |0⟩, and under Z measurements phases after the last Y rotation, cannot be seen and
/// are left out; their gradients are exactly zero.
/// </summary>
internal sealed class Schedule
{
    private readonly List<Stage> _stages = [];
    private readonly List<PauliRotation>[] _chains;
    private readonly bool _fromZero;
    private readonly bool _seesPhases;

    /// <summary>Schedules the rotations of a lowered circuit.</summary>
    /// <param name="wireCount">Number of wires.</param>
    /// <param name="rotations">In time order.</param>
    /// <param name="fromZero">Whether they act on |0…0⟩; on another state there are no chains.</param>
    /// <param name="seesPhases">Whether the measurement sees phases of basis states.</param>
    public Schedule(int wireCount, IEnumerable<PauliRotation> rotations, bool fromZero, bool seesPhases)
    {
        _fromZero = fromZero;
        _seesPhases = seesPhases;
        _chains = [.. Enumerable.Range(0, wireCount).Select(_ => new List<PauliRotation>())];
        foreach (var rotation in rotations)
        {
            if (rotation.IsDiagonal)
                PlaceDiagonal(rotation);
            else
                PlaceRotation(rotation);
        }

        while (!seesPhases && _stages.Count > 0 && _stages[^1].Rotations.Count == 0)
            _stages.RemoveAt(_stages.Count - 1);
    }

    /// <summary>Single-qubit rotations that make the entry state from |0…0⟩, by slot bit (0 = least significant).</summary>
    public IReadOnlyList<IReadOnlyList<PauliRotation>> Chains => _chains;

    /// <summary>The stages in time order.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>The same rotations, with the chains cut after the last rotation that depends on inputs.</summary>
    public Schedule LeaveOnlyInputsInChains()
    {
        var heads = _chains.Select(chain => chain.FindLastIndex(rotation => rotation.DiffersBySample) + 1).ToArray();
        var tails = _chains.SelectMany((chain, bit) => chain.Skip(heads[bit]));
        var stages = _stages.SelectMany(stage => stage.Diagonals.Concat(stage.Rotations));
        var rest = new Schedule(_chains.Length, tails.Concat(stages), fromZero: false, _seesPhases);
        for (var bit = 0; bit < heads.Length; bit++)
            rest._chains[bit].AddRange(_chains[bit].Take(heads[bit]));
        return rest;
    }

    private void PlaceDiagonal(PauliRotation rotation)
    {
        var position = _stages.Count;
        while (position > 0 && _stages[position - 1].Rotations.TrueForAll(rotation.CommutesWith))
            position--;
        if (_fromZero && position == 0 && rotation.IsSingleBit)
            AppendToChain(rotation);
        else
            StageAt(position).Diagonals.Add(rotation);
    }

    private void PlaceRotation(PauliRotation rotation)
    {
        var join = _stages.Count;
        var position = _stages.Count;
        while (position > 0)
        {
            var stage = _stages[position - 1];
            if (stage.Rotations.TrueForAll(rotation.IsIndependentOf))
                join = position - 1;
            if (!stage.Rotations.TrueForAll(rotation.CommutesWith) || !stage.Diagonals.TrueForAll(rotation.CommutesWith))
                break;
            position--;
        }

        if (_fromZero && position == 0 && rotation.IsSingleBit)
            AppendToChain(rotation);
        else
            StageAt(join).Rotations.Add(rotation);
    }

    private void AppendToChain(PauliRotation rotation)
    {
        var chain = _chains[BitOperations.TrailingZeroCount(rotation.ParityMask)];
        if (chain.Count > 0 || !rotation.IsDiagonal)
            chain.Add(rotation);
    }

    private Stage StageAt(int position)
    {
        if (position == _stages.Count)
            _stages.Add(new Stage());
        return _stages[position];
    }

    /// <summary>One diagonal, then Y rotations on independent pairs.</summary>
    internal sealed class Stage
    {
        /// <summary>Diagonal rotations, which act first; they all commute.</summary>
        public List<PauliRotation> Diagonals { get; } = [];

        /// <summary>Y rotations, pairwise independent.</summary>
        public List<PauliRotation> Rotations { get; } = [];
    }
}

/// <summary>
/// A few independent Y rotations done in one pass: 2^k slots, reached from a base slot by the flip masks, are loaded, rotated among
/// themselves and stored.
/// </summary>
internal sealed class RotationGroup
{
    /// <summary>Most rotations in a group: 16 slots of one plane and 8 coefficients in registers.</summary>
    public const int MaxSize = 4;

    /// <summary>Most rotations in a group of registers so wide: the 512-bit instruction set has 32 of them, the others 16.</summary>
    public static int SizeFor(int laneBytes) => laneBytes == 64 ? MaxSize : 3;

    /// <summary>Groups rotations that are pairwise independent.</summary>
    public RotationGroup(int wireCount, PauliRotation[] rotations, int[] indices, int number, bool differsBySample)
    {
        Number = number;
        DiffersBySample = differsBySample;
        Indices = indices;
        Flips = [.. rotations.Select(rotation => rotation.FlipMask)];
        Parities = [.. rotations.Select(rotation => rotation.ParityMask)];
        Bases = [.. Enumerable.Range(0, 1 << wireCount).Where(IsBase)];
    }

    /// <summary>Number of this group among those of the plan.</summary>
    public int Number { get; }

    /// <summary>Whether its angles come from inputs; none or all of a group's do.</summary>
    public bool DiffersBySample { get; }

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
