using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Compilation;

/// <summary>
/// Gates as <see cref="Step"/>s, by identities that hold up to a phase (Barenco et al. 1995, arXiv quant-ph/9503016; Nielsen and Chuang,
/// chapter 4): one CZ for CNOT, CY and CZ, one RZZ (two CZ where it is not native) for controlled rotations, three CZ for SWAP, six
/// for Toffoli.
/// </summary>
internal static class Lowering
{
    // Turns Y into Z: RX(π/2)·Y·RX(−π/2) = Z.
    private static readonly QubitMatrix YToZ = QubitMatrix.Of(GateKind.RX, Math.PI / 2);
    private static readonly QubitMatrix XToZ = QubitMatrix.H;

    public static IReadOnlyList<Step> Lower(Circuit circuit)
    {
        var steps = new StepList();
        foreach (var operation in circuit.Operations)
            Append(steps, operation);
        return steps.Steps;
    }

    private static void Append(StepList steps, Operation operation)
    {
        var wires = operation.Wires;
        if (operation.Kind == GateKind.Toffoli)
            AppendToffoli(steps, wires[0], wires[1], wires[2]);
        else if (wires.Length == 2)
            AppendPair(steps, operation.Kind, operation.Angle ?? default, wires[0], wires[1]);
        else if (operation.Angle is { Source: not AngleSource.Constant } angle)
            AppendRotation(steps, operation.Kind, angle, wires[0]);
        else if (operation.Kind != GateKind.I)
            steps.Fixed(operation.Kind, wires[0], operation.Angle?.Scale ?? 0);
    }

    private static void AppendRotation(StepList steps, GateKind kind, Angle angle, int wire) => Within(
        steps, kind switch { GateKind.RX => XToZ, GateKind.RY => YToZ, _ => null }, [wire], () => steps.Turn(angle, wire));

    private static void AppendPair(StepList steps, GateKind kind, Angle angle, int first, int second)
    {
        switch (kind)
        {
            case GateKind.CNOT:
                steps.ControlledX(first, second);
                break;
            case GateKind.CY:
                Within(steps, YToZ, [second], () => steps.ControlledZ(first, second));
                break;
            case GateKind.CZ:
                steps.ControlledZ(first, second);
                break;
            case GateKind.SWAP:
                steps.Swap(first, second);
                break;
            case GateKind.CRX or GateKind.CRY or GateKind.CRZ:
                Within(steps, Axis(kind), [second], () => steps.ControlledTurn(angle, first, second));
                break;
            case GateKind.ControlledPhase:
                steps.Turn(angle.Times(0.5), first);
                steps.ControlledTurn(angle, first, second);
                break;
            case GateKind.RXX or GateKind.RYY or GateKind.RZZ:
                Within(steps, Axis(kind), [first, second], () => steps.ZzTurn(angle, first, second));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a gate on two wires");
        }
    }

    private static QubitMatrix? Axis(GateKind kind) => kind switch
    {
        GateKind.CRX or GateKind.RXX => XToZ,
        GateKind.CRY or GateKind.RYY => YToZ,
        _ => null,
    };

    /// <summary>B†·(inner)·B with B on some wires.</summary>
    private static void Within(StepList steps, QubitMatrix? basis, int[] wires, Action inner)
    {
        foreach (var wire in basis is null ? [] : wires)
            steps.Fixed(basis!.Value, wire);
        inner();
        foreach (var wire in basis is null ? [] : wires)
            steps.Fixed(basis!.Value.Adjoint, wire);
    }

    private static void AppendToffoli(StepList steps, int a, int b, int target)
    {
        steps.Fixed(GateKind.H, target);
        foreach (var (control, sign) in new[] { (b, -1), (a, 1), (b, -1), (a, 1) })
        {
            steps.ControlledX(control, target);
            steps.Fixed(GateKind.RZ, target, sign * Math.PI / 4);
        }

        steps.Fixed(GateKind.H, target);
        steps.Fixed(GateKind.T, b);
        steps.ControlledX(a, b);
        steps.Fixed(GateKind.T, a);
        steps.Fixed(GateKind.RZ, b, -Math.PI / 4);
        steps.ControlledX(a, b);
    }
}

/// <summary>Entanglers that are done, undone and done again (arXiv 2005.10921). All but RZZ are their own inverses.</summary>
internal static class Folding
{
    /// <summary>The gates with every entangler G as G(G†G)…</summary>
    /// <param name="gates">In order.</param>
    /// <param name="factor">Odd: how many stand for one.</param>
    public static IReadOnlyList<NativeGate> Apply(IReadOnlyList<NativeGate> gates, int factor) =>
        factor == 1 ? gates : [.. gates.SelectMany(gate => Enumerable.Range(0, gate.Kind == NativeKind.Entangler ? factor : 1)
            .Select(fold => int.IsEvenInteger(fold) ? gate : Inverse(gate)))];

    private static NativeGate Inverse(NativeGate gate) =>
        gate.Angle is { } angle ? gate with { Angle = angle.Times(-1), Sense = -gate.Sense } : gate;
}

/// <summary>RZ gates that only diagonal gates and the measurement of Z follow.</summary>
internal static class DeadRotations
{
    /// <summary>The gates without them.</summary>
    public static IReadOnlyList<NativeGate> Remove(IReadOnlyList<NativeGate> gates, DeviceGraph map)
    {
        var isSeen = new HashSet<int>();
        var kept = new List<NativeGate>(gates.Count);
        foreach (var gate in gates.Reverse())
        {
            if (gate.Kind == NativeKind.Rotation && !isSeen.Contains(gate.First))
                continue;
            kept.Add(gate);
            if (gate.Kind == NativeKind.Pulse)
                isSeen.Add(gate.First);
            // An ECR is a permutation of its first qubit's basis states, and so lets phases through as CX does.
            if (gate.Kind == NativeKind.Entangler && map.Entangler(gate.First, gate.Second) is EntanglingGate.CX or EntanglingGate.ECR)
                isSeen.Add(gate.Second);
        }

        kept.Reverse();
        return kept;
    }
}
