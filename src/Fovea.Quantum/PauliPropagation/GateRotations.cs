using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

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
