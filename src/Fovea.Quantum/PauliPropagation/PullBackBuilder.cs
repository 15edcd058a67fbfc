using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>Lays a pull-back out step by step: a slot for every Pauli string that an output reaches.</summary>
internal sealed class PullBackBuilder
{
    // Composed factors this far below rounding are products of several rare events; |coefficients| are at most 1.
    private const double Negligible = 1e-18;
    private readonly ImmutableArray<PauliRotationGate> _rotations;
    private readonly int _maxSlots;
    private readonly long _maxEntries;
    private readonly List<PullBackStep> _steps = [];
    private readonly List<PauliString> _strings = [];
    private readonly List<int> _outputs = [];
    private readonly List<double> _initial = [];
    private readonly Dictionary<PauliString, int>[] _slotOf;
    private int _firstVisible;
    private long _pairs;
    private long _entries;

    /// <summary>Starts from the observables.</summary>
    /// <param name="rotations">The rotations that turns name, in time order.</param>
    /// <param name="observables">What is pulled back.</param>
    /// <param name="maxSlots">Most slots.</param>
    /// <param name="maxEntries">Most entries of all constant steps together.</param>
    public PullBackBuilder(
        ImmutableArray<PauliRotationGate> rotations, ImmutableArray<Observable> observables, int maxSlots, long maxEntries = 0)
    {
        (_rotations, _maxSlots, _maxEntries) = (rotations, maxSlots, maxEntries);
        _slotOf = [.. observables.Select(_ => new Dictionary<PauliString, int>())];
        for (var output = 0; output < observables.Length; output++)
        {
            foreach (var term in observables[output].Terms)
                AddSlot(output, term.Pauli, term.Coefficient);
        }
    }

    /// <summary>Whether the limits are kept so far.</summary>
    public bool IsWithinLimits => _strings.Count <= _maxSlots && _entries <= _maxEntries;

    /// <summary>What was laid out.</summary>
    public PropagationProgram Build() => new(_rotations, _steps, _strings, _outputs, _initial)
    {
        PairCount = _pairs,
        EntryCount = _entries,
        FirstVisibleSlot = _firstVisible,
    };

    /// <summary>Pulls everything through one rotation.</summary>
    public void AddTurn(int rotation)
    {
        var (first, second) = (new List<int>(), new List<int>());
        var axis = _rotations[rotation].Axis;
        var count = _strings.Count;
        for (var slot = 0; slot < count; slot++)
        {
            var pauli = _strings[slot];
            if (axis.CommutesWith(pauli))
                continue;
            var (sign, partner) = RotationCircuit.Partner(axis, pauli);
            if (!_slotOf[_outputs[slot]].TryGetValue(partner, out var other))
                other = AddSlot(_outputs[slot], partner, 0);
            else if (other < slot)
                continue;
            first.Add(sign > 0 ? slot : other);
            second.Add(sign > 0 ? other : slot);
        }

        if (first.Count > 0)
            _steps.Add(new PropagationStep(rotation, [.. first], [.. second]));
        _pairs += first.Count;
    }

    /// <summary>Pulls everything through constant maps, composed to one.</summary>
    /// <param name="maps">The last one in time first.</param>
    public void AddConstant(IReadOnlyList<IStringMap> maps)
    {
        if (maps.Count > 0)
            AddMatrix(pauli => Compose(pauli, maps), _slotOf);
    }

    /// <summary>Ends the pull-back with a map to strings of another kind: slots from here on are those, and only they are visible.</summary>
    public void End(IStringMap map)
    {
        var slots = _strings.Count;
        foreach (var known in _slotOf)
            known.Clear();
        AddMatrix(pauli => Compose(pauli, [map]), _slotOf);
        _firstVisible = slots;
    }

    private void AddMatrix(Func<PauliString, List<(PauliString String, double Factor)>> image, Dictionary<PauliString, int>[] slotOf)
    {
        var rows = _strings.Count;
        var starts = new int[rows + 1];
        var (targets, weights) = (new List<int>(rows), new List<double>(rows));
        for (var slot = 0; slot < rows && IsWithinLimits; slot++)
        {
            foreach (var (pauli, factor) in image(_strings[slot]))
            {
                if (!slotOf[_outputs[slot]].TryGetValue(pauli, out var target))
                    target = AddSlot(_outputs[slot], pauli, 0);
                targets.Add(target);
                weights.Add(factor);
            }

            starts[slot + 1] = targets.Count;
        }

        _entries += targets.Count;
        _steps.Add(new ConstantStep(starts, [.. targets], [.. weights]));
    }

    private static List<(PauliString String, double Factor)> Compose(PauliString pauli, IReadOnlyList<IStringMap> maps)
    {
        var image = new List<(PauliString String, double Factor)> { (pauli, 1) };
        foreach (var map in maps)
        {
            var next = new List<(PauliString String, double Factor)>(image.Count);
            foreach (var (source, factor) in image)
                map.PullBack(source, (target, weight) => Add(next, target, factor * weight));
            image = next;
        }

        return image;
    }

    // The lists are short: a search is faster than a dictionary.
    private static void Add(List<(PauliString String, double Factor)> image, PauliString pauli, double factor)
    {
        if (Math.Abs(factor) < Negligible)
            return;
        for (var k = 0; k < image.Count; k++)
        {
            if (image[k].String != pauli)
                continue;
            image[k] = (pauli, image[k].Factor + factor);
            return;
        }

        image.Add((pauli, factor));
    }

    private int AddSlot(int output, PauliString pauli, double coefficient)
    {
        _slotOf[output].Add(pauli, _strings.Count);
        _strings.Add(pauli);
        _outputs.Add(output);
        _initial.Add(coefficient);
        return _strings.Count - 1;
    }
}
