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

/// <summary>exp(−iαP/2) with α = <paramref name="Factor"/> times the value of <paramref name="Angle"/>.</summary>
/// <param name="Axis">The Pauli string P.</param>
/// <param name="Angle">The angle of the gate that this comes from.</param>
/// <param name="Factor">Factor on that angle.</param>
internal readonly record struct PauliRotationGate(PauliString Axis, Angle Angle, double Factor)
{
    private const double QuarterTolerance = 1e-15;

    /// <summary>Whether α differs from sample to sample.</summary>
    public bool IsInput => Angle.Source is AngleSource.Input or AngleSource.InputProduct;

    /// <summary>
    /// Quarter turns, 0 to 3, when α is a constant multiple of π/2, so that this is a Clifford gate; −1 otherwise.
    /// </summary>
    public int Quarters
    {
        get
        {
            if (Angle.Source != AngleSource.Constant)
                return -1;
            var turns = Factor * Angle.Scale / (Math.PI / 2);
            var whole = Math.Round(turns);
            return Math.Abs(turns - whole) <= QuarterTolerance * Math.Max(1, Math.Abs(turns)) ? (int)(((whole % 4) + 4) % 4) : -1;
        }
    }

    /// <summary>Factor on the weight, the input or the product of inputs in α; for a constant, α itself.</summary>
    public double Scale => Factor * Angle.Scale;
}

/// <summary>
/// Every gate as a product of Pauli rotations, up to global phase. Projectors on |1⟩ are ½(1 − Z), so a gate under controls is
/// a product of commuting rotations by the gate's axis times every subset of the controls' Z.
/// </summary>
internal static class GateRotations
{
    /// <summary>The rotations in time order.</summary>
    public static IReadOnlyList<PauliRotationGate> Of(Operation operation)
    {
        var wires = operation.Wires;
        var angle = operation.Angle ?? Angle.Constant(Math.PI);
        PauliString On(char pauli, int position) => PauliString.On(pauli, wires[position]);
        return operation.Kind switch
        {
            GateKind.I => [],
            GateKind.X => [new(On('X', 0), angle, 1)],
            GateKind.Y => [new(On('Y', 0), angle, 1)],
            GateKind.Z => [new(On('Z', 0), angle, 1)],
            GateKind.H => [new(On('Z', 0), angle, 1), new(On('Y', 0), angle, 0.5)],
            GateKind.S => [new(On('Z', 0), angle, 0.5)],
            GateKind.T => [new(On('Z', 0), angle, 0.25)],
            GateKind.SX => [new(On('X', 0), angle, 0.5)],
            GateKind.RX => [new(On('X', 0), angle, 1)],
            GateKind.RY => [new(On('Y', 0), angle, 1)],
            GateKind.RZ or GateKind.Phase => [new(On('Z', 0), angle, 1)],
            GateKind.CNOT => ControlledPhase(angle, On('Z', 0), On('X', 1)),
            GateKind.CY => ControlledPhase(angle, On('Z', 0), On('Y', 1)),
            GateKind.CZ or GateKind.ControlledPhase => ControlledPhase(angle, On('Z', 0), On('Z', 1)),
            GateKind.Toffoli => ControlledPhase(angle, On('Z', 0), On('Z', 1), On('X', 2)),
            GateKind.CRX => ControlledRotation(angle, On('Z', 0), On('X', 1)),
            GateKind.CRY => ControlledRotation(angle, On('Z', 0), On('Y', 1)),
            GateKind.CRZ => ControlledRotation(angle, On('Z', 0), On('Z', 1)),
            GateKind.RXX => [new(Times(On('X', 0), On('X', 1)), angle, 1)],
            GateKind.RYY => [new(Times(On('Y', 0), On('Y', 1)), angle, 1)],
            GateKind.RZZ => [new(Times(On('Z', 0), On('Z', 1)), angle, 1)],
            GateKind.SWAP => [.. "XYZ".Select(pauli => new PauliRotationGate(Times(On(pauli, 0), On(pauli, 1)), angle, 0.5))],
            _ => throw new NotSupportedException($"no Pauli rotations for {operation.Kind}"),
        };
    }

    /// <summary>exp(iα ∏ ½(1 − P_k)) = ∏ over non-empty subsets of exp(iα (−1)^size ∏P / 2^m): each P_k commutes with the others.</summary>
    private static PauliRotationGate[] ControlledPhase(Angle angle, params PauliString[] factors)
    {
        var rotations = new PauliRotationGate[(1 << factors.Length) - 1];
        for (var subset = 1; subset <= rotations.Length; subset++)
        {
            var (axis, sign) = (PauliString.Identity, -1);
            for (var k = 0; k < factors.Length; k++)
            {
                if ((subset >> k & 1) == 0)
                    continue;
                axis = Times(axis, factors[k]);
                sign = -sign;
            }

            rotations[subset - 1] = new(axis, angle, 2.0 * sign / (1 << factors.Length));
        }

        return rotations;
    }

    /// <summary>R_P(α/2) and exp(+iα Z⊗P/4): together R_P(α) where Z = −1 and nothing where Z = +1.</summary>
    private static PauliRotationGate[] ControlledRotation(Angle angle, PauliString control, PauliString axis) =>
        [new(axis, angle, 0.5), new(Times(control, axis), angle, -0.5)];

    /// <summary>The product of strings on different wires.</summary>
    private static PauliString Times(PauliString left, PauliString right) => new(left.X | right.X, left.Z | right.Z);
}
