using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>
/// Any gate under any number of controls, exactly, phases included, in the gates that a circuit may hold. With k controls it takes
/// about 3ᵏ gates, without wires beyond its own.
/// </summary>
/// <param name="sink">Receives the gates.</param>
internal sealed class ControlledOperations(GateSink sink)
{
    /// <summary>A gate on its wires where all controls are 1.</summary>
    public void Add(ReadOnlySpan<int> controls, Operation operation)
    {
        var wires = operation.Wires;
        switch (operation.Kind)
        {
            case GateKind.I:
                break;
            case GateKind.CNOT or GateKind.CY or GateKind.CZ or GateKind.CRX or GateKind.CRY or GateKind.CRZ or GateKind.ControlledPhase or GateKind.Toffoli:
                AddSingle([.. controls, .. wires[..^1]], Target(operation.Kind), operation.Angle, wires[^1]);
                break;
            case GateKind.SWAP:
                sink.Add(GateKind.CNOT, wires[1], wires[0]);
                AddX([.. controls, wires[0]], wires[1]);
                sink.Add(GateKind.CNOT, wires[1], wires[0]);
                break;
            case GateKind.RXX or GateKind.RYY or GateKind.RZZ:
                AddPair(controls, operation);
                break;
            default:
                AddSingle(controls, operation.Kind, operation.Angle, wires[0]);
                break;
        }
    }

    /// <summary>The factor e^{iφ} where all controls are 1: a phase on the last of them under the others.</summary>
    /// <param name="controls">At least one.</param>
    /// <param name="angle">φ.</param>
    public void AddPhase(ReadOnlySpan<int> controls, Angle angle) => AddPhase(controls[..^1], angle, controls[^1]);

    private static GateKind Target(GateKind controlled) => controlled switch
    {
        GateKind.CY => GateKind.Y,
        GateKind.CZ => GateKind.Z,
        GateKind.CRX => GateKind.RX,
        GateKind.CRY => GateKind.RY,
        GateKind.CRZ => GateKind.RZ,
        GateKind.ControlledPhase => GateKind.Phase,
        _ => GateKind.X,
    };

    private void AddSingle(ReadOnlySpan<int> controls, GateKind kind, Angle? angle, int target)
    {
        switch (kind)
        {
            case GateKind.X: AddX(controls, target); break;
            case GateKind.Z: AddPhase(controls, Angle.Constant(Math.PI), target); break;
            case GateKind.S: AddPhase(controls, Angle.Constant(Math.PI / 2), target); break;
            case GateKind.T: AddPhase(controls, Angle.Constant(Math.PI / 4), target); break;
            case GateKind.Phase: AddPhase(controls, angle!.Value, target); break;
            case GateKind.RZ: AddTurn(controls, angle!.Value, target); break;
            case GateKind.Y when controls.Length == 1: sink.Add(GateKind.CY, controls[0], target); break;
            case GateKind.RX when controls.Length == 1: sink.Add(new Operation(GateKind.CRX, [controls[0], target], angle)); break;
            case GateKind.RY when controls.Length == 1: sink.Add(new Operation(GateKind.CRY, [controls[0], target], angle)); break;
            // What follows is V·D·V† with a D above: without it, V·V† is nothing.
            case GateKind.Y: AddBetween(controls, GateKind.X, null, target, [Phase(-Math.PI / 2, target)], [Phase(Math.PI / 2, target)]); break;
            case GateKind.RX or GateKind.SX:
                var turn = kind == GateKind.SX ? GateKind.S : GateKind.RZ;
                AddBetween(controls, turn, angle, target, [Hadamard(target)], [Hadamard(target)]);
                break;
            case GateKind.RY:
                AddBetween(controls, GateKind.RX, angle, target, [Phase(-Math.PI / 2, target)], [Phase(Math.PI / 2, target)]);
                break;
            default:
                // H = RY(π/4)·Z·RY(−π/4).
                AddBetween(controls, GateKind.Z, null, target, [Turn(-Math.PI / 4, target)], [Turn(Math.PI / 4, target)]);
                break;
        }
    }

    private void AddX(ReadOnlySpan<int> controls, int target)
    {
        if (controls.Length <= 2)
        {
            sink.Add(controls.Length switch { 0 => GateKind.X, 1 => GateKind.CNOT, _ => GateKind.Toffoli }, [.. controls, target]);
            return;
        }

        AddBetween(controls, GateKind.Z, null, target, [Hadamard(target)], [Hadamard(target)]);
    }

    /// <summary>RZ(θ) is P(θ) and the phase −θ/2.</summary>
    private void AddTurn(ReadOnlySpan<int> controls, Angle angle, int target)
    {
        if (controls.Length == 1)
        {
            sink.Add(new Operation(GateKind.CRZ, [controls[0], target], angle));
            return;
        }

        AddPhase(controls, angle, target);
        AddPhase(controls[..^1], angle.Times(-0.5), controls[^1]);
    }

    /// <summary>With c the last control and r the others: P(θ/2) of c and the target, r flips c, P(−θ/2), r flips c, then P(θ/2) under r.</summary>
    private void AddPhase(ReadOnlySpan<int> controls, Angle angle, int target)
    {
        switch (controls.Length)
        {
            case 0:
                sink.Add(new Operation(GateKind.Phase, [target], angle));
                break;
            case 1 when angle.Source == AngleSource.Constant && angle.Scale == Math.PI:
                sink.Add(GateKind.CZ, controls[0], target);
                break;
            case 1:
                sink.Add(new Operation(GateKind.ControlledPhase, [controls[0], target], angle));
                break;
            default:
                var rest = controls[..^1];
                var last = controls[^1];
                sink.Add(new Operation(GateKind.ControlledPhase, [last, target], angle.Times(0.5)));
                AddX(rest, last);
                sink.Add(new Operation(GateKind.ControlledPhase, [last, target], angle.Times(-0.5)));
                AddX(rest, last);
                AddPhase(rest, angle.Times(0.5), target);
                break;
        }
    }

    /// <summary>RPP(θ) turns into RZ(θ) of the second wire between two CX and changes of basis.</summary>
    private void AddPair(ReadOnlySpan<int> controls, Operation operation)
    {
        var (first, second) = (operation.Wires[0], operation.Wires[1]);
        Operation[] before = operation.Kind switch
        {
            GateKind.RXX => [Hadamard(first), Hadamard(second)],
            GateKind.RYY => [Phase(-Math.PI / 2, first), Phase(-Math.PI / 2, second), Hadamard(first), Hadamard(second)],
            _ => [],
        };
        Operation[] after = operation.Kind switch
        {
            GateKind.RXX => before,
            GateKind.RYY => [Hadamard(first), Hadamard(second), Phase(Math.PI / 2, first), Phase(Math.PI / 2, second)],
            _ => [],
        };
        var flip = new Operation(GateKind.CNOT, [first, second]);
        AddBetween(controls, GateKind.RZ, operation.Angle, second, [.. before, flip], [flip, .. after]);
    }

    private void AddBetween(ReadOnlySpan<int> controls, GateKind kind, Angle? angle, int target, Operation[] before, Operation[] after)
    {
        foreach (var operation in before)
            sink.Add(operation);
        AddSingle(controls, kind, angle, target);
        foreach (var operation in after)
            sink.Add(operation);
    }

    private static Operation Hadamard(int wire) => new(GateKind.H, [wire]);

    private static Operation Phase(double angle, int wire) => new(GateKind.Phase, [wire], Angle.Constant(angle));

    private static Operation Turn(double angle, int wire) => new(GateKind.RY, [wire], Angle.Constant(angle));
}
