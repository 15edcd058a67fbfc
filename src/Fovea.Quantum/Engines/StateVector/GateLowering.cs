using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// Rewrites a circuit, up to global phase, as diagonal and Y Pauli rotations on memory slots; every permutation gate
/// disappears into the <see cref="IndexFrame"/>. Each rotation has the generator eigenvalues ±½, so gradients need no
/// special case: controlled gates become sums of such rotations with half angles.
/// </summary>
internal sealed class GateLowering
{
    private const double HalfTurn = Math.PI / 2;
    private static readonly Angle One = Angle.Constant(1);
    private readonly List<PauliRotation> _rotations = [];

    private GateLowering(int wireCount) => Frame = new IndexFrame(wireCount);

    /// <summary>The frame after the last gate.</summary>
    public IndexFrame Frame { get; }

    /// <summary>The rotations in time order.</summary>
    public IReadOnlyList<PauliRotation> Rotations => _rotations;

    /// <summary>Lowers a whole circuit.</summary>
    public static GateLowering Lower(Circuit circuit)
    {
        var lowering = new GateLowering(circuit.WireCount);
        foreach (var operation in circuit.Operations)
            lowering.Lower(operation);
        return lowering;
    }

    private void Lower(Operation operation)
    {
        if (operation.Wires.Length == 1)
            LowerSingle(operation.Kind, operation.Angle ?? One, operation.Wires[0]);
        else if (operation.Wires.Length == 2)
            LowerPair(operation.Kind, operation.Angle ?? One, operation.Wires[0], operation.Wires[1]);
        else
            Toffoli(operation.Wires[0], operation.Wires[1], operation.Wires[2]);
    }

    private void LowerSingle(GateKind kind, Angle angle, int wire)
    {
        switch (kind)
        {
            case GateKind.I: break;
            case GateKind.X: Frame.Flip(wire); break;
            case GateKind.Y: Z(One, Math.PI, wire); Frame.Flip(wire); break;
            case GateKind.Z: Z(One, Math.PI, wire); break;
            case GateKind.S: Z(One, HalfTurn, wire); break;
            case GateKind.T: Z(One, Math.PI / 4, wire); break;
            case GateKind.H: Hadamard(wire); break;
            case GateKind.SX: X(One, HalfTurn, wire); break;
            case GateKind.RX: X(angle, 1, wire); break;
            case GateKind.RY: Y(angle, 1, wire); break;
            case GateKind.RZ or GateKind.Phase: Z(angle, 1, wire); break;
            default: throw new NotSupportedException($"no lowering for {kind}");
        }
    }

    private void LowerPair(GateKind kind, Angle angle, int first, int second)
    {
        switch (kind)
        {
            case GateKind.CNOT: Frame.ControlledNot(first, second); break;
            case GateKind.SWAP: Frame.Swap(first, second); break;
            case GateKind.CZ: ControlledPhase(One, Math.PI, first, second); break;
            case GateKind.CY:
                Z(One, -HalfTurn, second);
                Frame.ControlledNot(first, second);
                Z(One, HalfTurn, second);
                break;
            case GateKind.CRX:
                Z(One, HalfTurn, second);
                ControlledY(angle, first, second);
                Z(One, -HalfTurn, second);
                break;
            case GateKind.CRY: ControlledY(angle, first, second); break;
            case GateKind.CRZ:
                Z(angle, 0.5, second);
                Z(angle, -0.5, first, second);
                break;
            case GateKind.ControlledPhase: ControlledPhase(angle, 1, first, second); break;
            case GateKind.RXX: PairX(angle, first, second); break;
            case GateKind.RYY:
                Z(One, -HalfTurn, first);
                Z(One, -HalfTurn, second);
                PairX(angle, first, second);
                Z(One, HalfTurn, first);
                Z(One, HalfTurn, second);
                break;
            case GateKind.RZZ: Z(angle, 1, first, second); break;
            default: throw new NotSupportedException($"no lowering for {kind}");
        }
    }

    /// <summary>exp(iα·ab) with ab = ¼(1 − z_a − z_b + z_a z_b).</summary>
    private void ControlledPhase(Angle angle, double factor, int first, int second)
    {
        Z(angle, factor / 2, first);
        Z(angle, factor / 2, second);
        Z(angle, -factor / 2, first, second);
    }

    /// <summary>RY(α/2), X, RY(−α/2), X with both X controlled: RY(α) where the control is 1, nothing where it is 0.</summary>
    private void ControlledY(Angle angle, int control, int target)
    {
        Y(angle, 0.5, target);
        Frame.ControlledNot(control, target);
        Y(angle, -0.5, target);
        Frame.ControlledNot(control, target);
    }

    /// <summary>CNOT carries X⊗1 into X⊗X.</summary>
    private void PairX(Angle angle, int first, int second)
    {
        Frame.ControlledNot(first, second);
        X(angle, 1, first);
        Frame.ControlledNot(first, second);
    }

    /// <summary>H·CCZ·H, with CCZ = exp(iπ·abc) and abc = ⅛(1−z_a)(1−z_b)(1−z_c).</summary>
    private void Toffoli(int control, int secondControl, int target)
    {
        Hadamard(target);
        const double eighth = Math.PI / 4;
        Z(One, eighth, control);
        Z(One, eighth, secondControl);
        Z(One, eighth, target);
        Z(One, -eighth, control, secondControl);
        Z(One, -eighth, control, target);
        Z(One, -eighth, secondControl, target);
        Z(One, eighth, control, secondControl, target);
        Hadamard(target);
    }

    /// <summary>H = RY(π/2)·Z.</summary>
    private void Hadamard(int wire)
    {
        Z(One, Math.PI, wire);
        Y(One, HalfTurn, wire);
    }

    /// <summary>RX(α) = RZ(−π/2)·RY(α)·RZ(π/2).</summary>
    private void X(Angle angle, double factor, int wire)
    {
        Z(One, HalfTurn, wire);
        Y(angle, factor, wire);
        Z(One, -HalfTurn, wire);
    }

    private void Y(Angle angle, double factor, int wire) =>
        Add(Frame.FlipMask(wire), Frame.ParityMask(wire), angle, Frame.IsInverted(wire) ? -factor : factor);

    private void Z(Angle angle, double factor, params ReadOnlySpan<int> wires)
    {
        var mask = 0;
        foreach (var wire in wires)
        {
            mask ^= Frame.ParityMask(wire);
            factor = Frame.IsInverted(wire) ? -factor : factor;
        }

        Add(0, mask, angle, factor);
    }

    private void Add(int flipMask, int parityMask, Angle angle, double factor) =>
        _rotations.Add(new PauliRotation(flipMask, parityMask, angle, factor));
}
