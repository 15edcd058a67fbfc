using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Rotations moved as early as their commutation allows. What reaches the front and acts on a single qubit joins the
/// chain of that qubit, so the state starts as a product of qubits; the rest falls into stages of one diagonal followed
/// by independent Y rotations. Phases on |0⟩ and phases after the last Y rotation cannot be seen by a Z measurement and are
/// left out; their gradients are exactly zero.
/// </summary>
internal sealed class Schedule
{
    private readonly List<Stage> _stages = [];
    private readonly List<PauliRotation>[] _chains;

    /// <summary>Schedules the rotations of a lowered circuit.</summary>
    public Schedule(int wireCount, IReadOnlyList<PauliRotation> rotations)
    {
        _chains = [.. Enumerable.Range(0, wireCount).Select(_ => new List<PauliRotation>())];
        foreach (var rotation in rotations)
        {
            if (rotation.IsDiagonal)
                PlaceDiagonal(rotation);
            else
                PlaceRotation(rotation);
        }

        while (_stages.Count > 0 && _stages[^1].Rotations.Count == 0)
            _stages.RemoveAt(_stages.Count - 1);
    }

    /// <summary>Single-qubit rotations that make the entry state from |0…0⟩, by slot bit (0 = least significant).</summary>
    public IReadOnlyList<IReadOnlyList<PauliRotation>> Chains => _chains;

    /// <summary>The stages in time order.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    private void PlaceDiagonal(PauliRotation rotation)
    {
        var position = _stages.Count;
        while (position > 0 && _stages[position - 1].Rotations.TrueForAll(rotation.CommutesWith))
            position--;
        if (position == 0 && rotation.IsSingleBit)
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

        if (position == 0 && rotation.IsSingleBit)
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
