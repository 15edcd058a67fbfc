using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Compilation;

/// <summary>
/// Writes routed steps in native gates. Fixed gates wait on their qubit as one matrix until something comes that they do not commute
/// with, and are then written with the fewest pulses; so neighbouring gates merge and a basis change that is undone costs nothing.
/// What passes an entangler: RZ where the entangler is diagonal (the first qubit of CX, both of CZ and RZZ; through an ECR it changes
/// its sign), rotations about X on the second of CX and ECR, and X as a Pauli frame through RZ, CZ, RZZ and the first of ECR. An RZ
/// on |0⟩ or straight before the measurement of Z changes nothing and is left out. Each pair of qubits has its own kind of entangler.
/// </summary>
/// <remarks>
/// ECR = X₁·RZX(π/2) = (X₁ − Y₁X₂)/√2 with the control first, and RZX(π/2) = CX·RZ₁(π/2)·SX₂ up to phase. So E = X₁·SX₂·CX is ECR
/// up to a virtual RZ on its first qubit, and CX = SX₂†·X₁·E. E is its own inverse, as ECR is.
/// </remarks>
internal sealed class NativeWriter
{
    private readonly DeviceGraph _map;
    private readonly QubitMatrix[] _pending;
    private readonly bool[] _isTouched;
    private readonly List<NativeGate> _gates = [];

    private NativeWriter(DeviceGraph map)
    {
        _map = map;
        _pending = new QubitMatrix[map.QubitCount];
        Array.Fill(_pending, QubitMatrix.Identity);
        _isTouched = new bool[map.QubitCount];
    }

    /// <summary>The steps, on qubits of the device with every pair coupled, as native gates in an order that respects time.</summary>
    public static IReadOnlyList<NativeGate> Write(DeviceGraph map, IReadOnlyList<Step> steps, int foldingFactor)
    {
        var writer = new NativeWriter(map);
        foreach (var step in steps)
            writer.Append(step);
        for (var qubit = 0; qubit < map.QubitCount; qubit++)
            writer.WriteUpToRotation(qubit);
        return Folding.Apply(DeadRotations.Remove(writer._gates, map), foldingFactor);
    }

    private static bool IsCross(EntanglingGate entangler) => entangler is EntanglingGate.CX or EntanglingGate.ECR;

    private void Append(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Fixed:
                Fix(step.Matrix, step.First);
                break;
            case StepKind.Turn:
                Turn(step.Angle, step.First);
                break;
            case StepKind.ControlledZ:
                ControlledZ(step.First, step.Second);
                break;
            case StepKind.ZzTurn:
                ZzTurn(step.Angle, step.First, step.Second);
                break;
            default:
                Swap(step.First, step.Second);
                break;
        }
    }

    private void Fix(QubitMatrix matrix, int qubit) => _pending[qubit] = matrix * _pending[qubit];

    /// <summary>RZ(a)·X = X·RZ(−a), so an X need not be written for it.</summary>
    private void Turn(Angle angle, int qubit)
    {
        var isFlipped = _pending[qubit].IsAntidiagonal;
        if (!isFlipped)
            WriteUpToRotation(qubit);
        if (_isTouched[qubit])
            _gates.Add(new(NativeKind.Rotation, qubit, Angle: isFlipped ? angle.Times(-1) : angle));
    }

    private void ControlledZ(int control, int target)
    {
        var (first, second, _) = _map.Edge(control, target);
        var entangler = _map.Entangler(first, second);
        switch (entangler)
        {
            case EntanglingGate.CZ:
                Entangle(first, second);
                break;
            case EntanglingGate.RZZ:
                Entangle(first, second, Angle.Constant(Math.PI / 2));
                Fix(QubitMatrix.RotationZ(-Math.PI / 2), first);
                Fix(QubitMatrix.RotationZ(-Math.PI / 2), second);
                break;
            default:
                Fix(QubitMatrix.H, second);
                Entangle(first, second);
                if (entangler == EntanglingGate.ECR)
                {
                    Fix(QubitMatrix.X, first);
                    Fix(QubitMatrix.Of(GateKind.SX).Adjoint, second);
                }

                Fix(QubitMatrix.H, second);
                break;
        }
    }

    /// <summary>RZZ, or RZZ = CX·RZ·CX on the target, which is the second of the coupling where that makes CX native.</summary>
    private void ZzTurn(Angle angle, int control, int target)
    {
        var edge = _map.Edge(control, target);
        var entangler = _map.Entangler(control, target);
        if (entangler == EntanglingGate.RZZ)
        {
            Entangle(edge.First, edge.Second, angle);
            return;
        }

        var turned = entangler == EntanglingGate.CZ ? target : edge.Second;
        Fix(QubitMatrix.H, turned);
        ControlledZ(control, target);
        Fix(QubitMatrix.H, turned);
        if (angle.Source == AngleSource.Constant)
            Fix(QubitMatrix.RotationZ(angle.Scale), turned);
        else
            Turn(angle, turned);
        Fix(QubitMatrix.H, turned);
        ControlledZ(control, target);
        Fix(QubitMatrix.H, turned);
    }

    /// <summary>Three CX, the first of which undoes the gate before where it can, and is else in the direction of the coupling.</summary>
    private void Swap(int first, int second)
    {
        var edge = _map.Edge(first, second);
        var (control, target) = Undoes(edge.Second, edge.First) ? (edge.Second, edge.First) : (edge.First, edge.Second);
        foreach (var (from, to) in new[] { (control, target), (target, control), (control, target) })
        {
            Fix(QubitMatrix.H, to);
            ControlledZ(from, to);
            Fix(QubitMatrix.H, to);
        }
    }

    /// <summary>Whether a CX would come straight behind an entangler that is its inverse.</summary>
    private bool Undoes(int control, int target)
    {
        var (first, second, _) = _map.Edge(control, target);
        var entangler = _map.Entangler(first, second);
        if (FindSame(first, second) < 0)
            return false;
        var onFirst = target == first ? QubitMatrix.H * _pending[first] : _pending[first];
        var onSecond = target == second ? QubitMatrix.H * _pending[second] : _pending[second];
        var passesFirst = onFirst.IsDiagonal || (onFirst.IsAntidiagonal && entangler != EntanglingGate.CX);
        return passesFirst && (IsCross(entangler) ? (QubitMatrix.H * onSecond).CommutesWithX : onSecond.IsDiagonal || onSecond.IsAntidiagonal);
    }

    /// <summary>Makes way for the entangler, writes it, and moves what is pending to behind it.</summary>
    private void Entangle(int first, int second, Angle? angle = null)
    {
        var entangler = _map.Entangler(first, second);
        var isCross = IsCross(entangler);
        if (!_pending[first].IsAntidiagonal || entangler == EntanglingGate.CX)
            WriteUpToRotation(first);
        if (isCross && !_pending[second].CommutesWithX)
            WriteAll(second);
        else if (!isCross && !_pending[second].IsAntidiagonal)
            WriteUpToRotation(second);
        var (flipsFirst, flipsSecond) = (_pending[first].IsAntidiagonal, !isCross && _pending[second].IsAntidiagonal);
        WriteEntangler(first, second, flipsFirst != flipsSecond ? angle?.Times(-1) : angle);
        if (entangler == EntanglingGate.CZ && flipsFirst)
            Fix(QubitMatrix.Z, second);
        if (entangler == EntanglingGate.CZ && flipsSecond)
            Fix(QubitMatrix.Z, first);
        if (entangler != EntanglingGate.ECR)
            return;
        _pending[first] = QubitMatrix.X * _pending[first] * QubitMatrix.X;
        if (flipsFirst)
            Fix(QubitMatrix.X, second);
    }

    /// <summary>Appends the entangler, or takes the one before away if the two together are no more than Z on both.</summary>
    private void WriteEntangler(int first, int second, Angle? angle)
    {
        var same = FindSame(first, second);
        var sum = same < 0 ? null : Sum(_gates[same].Angle, angle);
        if (same >= 0 && (angle is null || sum is not null))
        {
            _gates.RemoveAt(same);
            Fix(QubitMatrix.RotationZ(sum ?? 0), first);
            Fix(QubitMatrix.RotationZ(sum ?? 0), second);
            return;
        }

        _gates.Add(new(NativeKind.Entangler, first, second, angle, angle is { Scale: < 0 } ? -1 : 1));
        _isTouched[first] = _isTouched[second] = true;
    }

    /// <summary>The sum of the angles of two RZZ, if it is a multiple of π: then they are RZ of it on both qubits.</summary>
    private static double? Sum(Angle? before, Angle? after)
    {
        if (before is not { Source: AngleSource.Constant } first || after is not { Source: AngleSource.Constant } second)
            return null;
        var sum = first.Scale + second.Scale;
        return Math.Abs(Math.IEEERemainder(sum, Math.PI)) < 1e-12 ? sum : null;
    }

    /// <summary>The entangler on a coupling that nothing separates from an equal one now, −1 for none.</summary>
    private int FindSame(int first, int second)
    {
        var entangler = _map.Entangler(first, second);
        for (var index = _gates.Count - 1; index >= 0; index--)
        {
            var gate = _gates[index];
            if (!gate.Acts(first) && !gate.Acts(second))
                continue;
            if (gate.Kind == NativeKind.Entangler && (gate.First, gate.Second) == (first, second))
                return index;
            var commutes = gate.Kind switch
            {
                NativeKind.Rotation => !IsCross(entangler) || (entangler == EntanglingGate.CX && gate.First == first),
                NativeKind.Entangler => !IsCross(entangler) && !IsCross(_map.Entangler(gate.First, gate.Second)),
                _ => false,
            };
            if (!commutes)
                return -1;
        }

        return -1;
    }

    /// <summary>Writes what is pending but for an RZ at its end, which stays.</summary>
    private void WriteUpToRotation(int qubit)
    {
        var (pulses, first, middle, last) = _pending[qubit].Pulses();
        if (pulses > 0)
        {
            WriteRotation(first, qubit);
            WritePulse(qubit);
        }

        if (pulses > 1)
        {
            WriteRotation(middle, qubit);
            WritePulse(qubit);
        }

        _pending[qubit] = QubitMatrix.RotationZ(last);
    }

    private void WriteAll(int qubit)
    {
        WriteUpToRotation(qubit);
        WriteRotation(_pending[qubit].Pulses().Last, qubit);
        _pending[qubit] = QubitMatrix.Identity;
    }

    private void WritePulse(int qubit)
    {
        _gates.Add(new(NativeKind.Pulse, qubit));
        _isTouched[qubit] = true;
    }

    private void WriteRotation(double angle, int qubit)
    {
        if (angle != 0 && _isTouched[qubit])
            _gates.Add(new(NativeKind.Rotation, qubit, Angle: Angle.Constant(angle)));
    }
}
