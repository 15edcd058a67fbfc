using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// The pull-back of observables through a list of rotations, R†OR = Σ_P c_P P, laid out once for a circuit: a slot for every
/// Pauli string that an output can reach, and for every rotation the pairs of slots that it mixes. Strings that no rotation
/// reaches have no slot, so the cost follows the light cones. (Heisenberg picture; Rall et al. 2019, arXiv 1901.09070.)
/// </summary>
internal sealed class PropagationProgram : CoefficientProgram
{
    private readonly List<PropagationStep> _steps = [];
    private readonly List<PauliString> _strings = [];
    private readonly List<int> _outputs = [];
    private readonly List<double> _initial = [];
    private long _pairCount;

    private PropagationProgram(ImmutableArray<PauliRotationGate> rotations) => Rotations = rotations;

    /// <summary>The rotations in time order.</summary>
    public ImmutableArray<PauliRotationGate> Rotations { get; }

    /// <summary>The steps in the order of the pull-back: the last rotation first. Rotations that mix nothing have none.</summary>
    public IReadOnlyList<PropagationStep> Steps => _steps;

    /// <inheritdoc/>
    public override IReadOnlyList<PauliString> Strings => _strings;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Outputs => _outputs;

    /// <summary>[slot]: the coefficient before the first step.</summary>
    public IReadOnlyList<double> InitialCoefficients => _initial;

    /// <summary>Pairs of all steps together: the work of one pull-back.</summary>
    public override long PairCount => _pairCount;

    /// <inheritdoc/>
    public override CoefficientState CreateState() => new PropagationState(this);

    /// <summary>Lays out the pull-back, or returns null when it would take more slots than allowed.</summary>
    /// <param name="rotations">In time order.</param>
    /// <param name="observables">What is pulled back.</param>
    /// <param name="maxSlots">Most slots.</param>
    public static PropagationProgram? TryCreate(
        ImmutableArray<PauliRotationGate> rotations, ImmutableArray<Observable> observables, int maxSlots)
    {
        var program = new PropagationProgram(rotations);
        var slotOf = new Dictionary<PauliString, int>[observables.Length];
        for (var output = 0; output < observables.Length; output++)
        {
            slotOf[output] = [];
            foreach (var term in observables[output].Terms)
                program.AddSlot(slotOf[output], output, term.Pauli, term.Coefficient);
        }

        for (var k = rotations.Length - 1; k >= 0; k--)
        {
            if (!program.AddStep(k, slotOf, maxSlots))
                return null;
        }

        return program;
    }

    private int AddSlot(Dictionary<PauliString, int> slots, int output, PauliString pauli, double coefficient)
    {
        slots.Add(pauli, _strings.Count);
        _strings.Add(pauli);
        _outputs.Add(output);
        _initial.Add(coefficient);
        return _strings.Count - 1;
    }

    private bool AddStep(int rotation, Dictionary<PauliString, int>[] slotOf, int maxSlots)
    {
        var (first, second) = (new List<int>(), new List<int>());
        var axis = Rotations[rotation].Axis;
        var count = _strings.Count;
        for (var slot = 0; slot < count; slot++)
        {
            var pauli = _strings[slot];
            if (axis.CommutesWith(pauli))
                continue;
            var (sign, partner) = RotationCircuit.Partner(axis, pauli);
            var slots = slotOf[_outputs[slot]];
            if (!slots.TryGetValue(partner, out var other))
                other = AddSlot(slots, _outputs[slot], partner, 0);
            else if (other < slot)
                continue;
            first.Add(sign > 0 ? slot : other);
            second.Add(sign > 0 ? other : slot);
        }

        if (first.Count > 0)
            _steps.Add(new PropagationStep(rotation, [.. first], [.. second]));
        _pairCount += first.Count;
        return _strings.Count <= maxSlots;
    }
}

/// <summary>
/// One rotation pulled through all coefficients: for each pair (a, b), with c = cos α and s = sin α,
/// a ← c·a − s·b and b ← c·b + s·a.
/// </summary>
/// <param name="Rotation">Index among the rotations of the program.</param>
/// <param name="First">Slots a.</param>
/// <param name="Second">Slots b.</param>
internal sealed record PropagationStep(int Rotation, int[] First, int[] Second);

/// <summary>How observables become coefficients of strings, laid out once for a circuit: what a trigonometric plan is made of.</summary>
internal abstract class CoefficientProgram
{
    /// <summary>[slot]: the string.</summary>
    public abstract IReadOnlyList<PauliString> Strings { get; }

    /// <summary>[slot]: the output whose observable the string belongs to.</summary>
    public abstract IReadOnlyList<int> Outputs { get; }

    /// <summary>Work of one evaluation, in pairs of coefficients.</summary>
    public abstract long PairCount { get; }

    /// <summary>Room for the coefficients of one set of weights.</summary>
    public abstract CoefficientState CreateState();
}
