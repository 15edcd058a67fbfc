using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// The pull-back of observables through a list of rotations, R†OR = Σ_P c_P P, laid out once for a circuit: a slot for every
/// Pauli string that an output can reach, and for every rotation the pairs of slots that it mixes. Strings that no rotation
/// reaches have no slot, so the cost follows the light cones. (Heisenberg picture; Rall et al. 2019, arXiv 1901.09070.) Channels are
/// linear maps on the coefficients, too, and stand between the rotations as sparse matrices.
/// </summary>
internal sealed class PropagationProgram
{
    internal PropagationProgram(
        ImmutableArray<PauliRotationGate> rotations,
        IReadOnlyList<PullBackStep> steps,
        IReadOnlyList<PauliString> strings,
        IReadOnlyList<int> outputs,
        IReadOnlyList<double> initial)
    {
        (Rotations, Steps, Strings, Outputs, InitialCoefficients) = (rotations, steps, strings, outputs, initial);
    }

    /// <summary>The rotations in time order.</summary>
    public ImmutableArray<PauliRotationGate> Rotations { get; }

    /// <summary>The steps in the order of the pull-back: the last rotation first. Rotations that mix nothing have none.</summary>
    public IReadOnlyList<PullBackStep> Steps { get; }

    /// <summary>[slot]: the Pauli string.</summary>
    public IReadOnlyList<PauliString> Strings { get; }

    /// <summary>[slot]: the output whose observable the string belongs to.</summary>
    public IReadOnlyList<int> Outputs { get; }

    /// <summary>[slot]: the coefficient before the first step.</summary>
    public IReadOnlyList<double> InitialCoefficients { get; }

    /// <summary>Pairs of all turns together: the work of one pull-back.</summary>
    public long PairCount { get; internal init; }

    /// <summary>Entries of all constant steps together.</summary>
    public long EntryCount { get; internal init; }

    /// <summary>The slots that count at the end are those from here on.</summary>
    public int FirstVisibleSlot { get; internal init; }

    /// <summary>Lays out the pull-back, or returns null when it would take more slots than allowed.</summary>
    /// <param name="rotations">In time order.</param>
    /// <param name="observables">What is pulled back.</param>
    /// <param name="maxSlots">Most slots.</param>
    public static PropagationProgram? TryCreate(
        ImmutableArray<PauliRotationGate> rotations, ImmutableArray<Observable> observables, int maxSlots)
    {
        var builder = new PullBackBuilder(rotations, observables, maxSlots);
        for (var k = rotations.Length - 1; k >= 0; k--)
        {
            builder.AddTurn(k);
            if (!builder.IsWithinLimits)
                return null;
        }

        return builder.Build();
    }
}
