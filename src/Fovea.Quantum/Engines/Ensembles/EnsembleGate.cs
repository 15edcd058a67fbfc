using System.Runtime.Intrinsics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.Ensembles;

/// <summary>A gate ready for ensembles.</summary>
internal sealed class EnsembleGate
{
    private readonly Operation _operation;
    private readonly LaneMatrix _constant;
    private readonly int[] _wires;

    public EnsembleGate(Operation operation)
    {
        _operation = operation;
        _wires = [.. operation.Wires];
        if (Matrix(operation.Kind) is { } kind)
            _constant = LaneMatrix.Broadcast(GateMatrix.Of(kind));
    }

    /// <summary>Applies it.</summary>
    /// <param name="state">The states.</param>
    /// <param name="angles">[lane], radians; ignored by gates without an angle.</param>
    public void Apply(EnsembleState state, ReadOnlySpan<double> angles)
    {
        switch (_operation.Kind)
        {
            case GateKind.I:
                break;
            case GateKind.SWAP:
                state.Swap(_wires[0], _wires[1]);
                break;
            case GateKind.RXX or GateKind.RYY or GateKind.RZZ:
                var (sin, cos) = Vector512.SinCos(Vector512.Create(angles) / 2);
                var isYY = _operation.Kind == GateKind.RYY;
                state.ApplyPauliPair(_wires[0], _wires[1], _operation.Kind != GateKind.RZZ, isYY ? -1 : 1, cos, sin);
                break;
            default:
                var matrix = _operation.Angle is null ? _constant : Rotation(_operation.Kind, Vector512.Create(angles));
                if (_wires.Length == 1)
                    state.Apply(_wires[0], matrix);
                else
                    state.ApplyControlled(_wires.AsSpan()[..^1], _wires[^1], matrix);
                break;
        }
    }

    /// <summary>The gate on the target of a gate without an angle; null for others.</summary>
    private static GateKind? Matrix(GateKind kind) => kind switch
    {
        GateKind.CNOT or GateKind.Toffoli => GateKind.X,
        GateKind.CY => GateKind.Y,
        GateKind.CZ => GateKind.Z,
        GateKind.SWAP => null,
        _ => GateInfo.Of(kind).HasAngle ? null : kind,
    };

    private static LaneMatrix Rotation(GateKind kind, Vector512<double> angles)
    {
        var (sin, cos) = Vector512.SinCos(angles / 2);
        LaneNumber real = new(cos, default);
        switch (kind)
        {
            case GateKind.RX or GateKind.CRX:
                return new(real, new(default, -sin), new(default, -sin), real);
            case GateKind.RY or GateKind.CRY:
                return new(real, new(-sin, default), new(sin, default), real);
            case GateKind.RZ or GateKind.CRZ:
                return new(new(cos, -sin), default, default, new(cos, sin));
            case GateKind.Phase or GateKind.ControlledPhase:
                var (phaseSin, phaseCos) = Vector512.SinCos(angles);
                return new(LaneNumber.One, default, default, new(phaseCos, phaseSin));
            default:
                throw new NotSupportedException($"ensembles don't know {kind}");
        }
    }
}
