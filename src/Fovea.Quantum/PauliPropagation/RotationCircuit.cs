using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>
/// A circuit as U = C·R_K…R_1: Pauli rotations R_k in time order, then one Clifford gate C that is already taken into the
/// observables, O → C†OC. A rotation behind a Clifford gate is a rotation about another string before it: R_P C = C R_{C†PC}.
/// </summary>
internal sealed class RotationCircuit
{
    private readonly List<PauliRotationGate> _cliffords = [];
    private readonly List<PauliRotationGate> _rotations = [];

    private RotationCircuit(Circuit circuit) => Circuit = circuit;

    /// <summary>The circuit this comes from.</summary>
    public Circuit Circuit { get; }

    /// <summary>R_1 … R_K.</summary>
    public IReadOnlyList<PauliRotationGate> Rotations => _rotations;

    /// <summary>C†OC of each observable.</summary>
    public ImmutableArray<Observable> Observables { get; private set; }

    /// <summary>Rewrites a circuit.</summary>
    public static RotationCircuit Of(Circuit circuit)
    {
        var result = new RotationCircuit(circuit);
        foreach (var operation in circuit.Operations)
        {
            foreach (var rotation in GateRotations.Of(operation))
                result.Append(rotation);
        }

        result.Observables = [.. circuit.Observables.Select(result.PullBack)];
        return result;
    }

    private void Append(PauliRotationGate rotation)
    {
        if (rotation.Quarters > 0)
            _cliffords.Add(rotation);
        if (rotation.Quarters >= 0)
            return;
        var (sign, axis) = PullBack(rotation.Axis);
        _rotations.Add(rotation with { Axis = axis, Factor = sign * rotation.Factor });
    }

    private Observable PullBack(Observable observable) => new(observable.Terms.Select(term =>
    {
        var (sign, pauli) = PullBack(term.Pauli);
        return new PauliTerm(sign * term.Coefficient, pauli);
    }));

    /// <summary>C†PC, the last Clifford gate first.</summary>
    private (int Sign, PauliString String) PullBack(PauliString pauli)
    {
        var sign = 1;
        for (var k = _cliffords.Count - 1; k >= 0; k--)
        {
            var clifford = _cliffords[k];
            if (clifford.Axis.CommutesWith(pauli))
                continue;
            if (clifford.Quarters == 2)
            {
                sign = -sign;
                continue;
            }

            var (partnerSign, partner) = Partner(clifford.Axis, pauli);
            sign *= clifford.Quarters == 1 ? partnerSign : -partnerSign;
            pauli = partner;
        }

        return (sign, pauli);
    }

    /// <summary>
    /// iPS for anticommuting strings, a signed string: what S turns into under R†SR = cos α·S + sin α·iPS for a rotation R
    /// about P.
    /// </summary>
    public static (int Sign, PauliString String) Partner(PauliString axis, PauliString pauli)
    {
        var (product, quarters) = axis.Multiply(pauli);
        return (quarters == 3 ? 1 : -1, product);
    }
}
