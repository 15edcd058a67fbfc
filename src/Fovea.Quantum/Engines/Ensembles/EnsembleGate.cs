using System.Numerics;
using System.Runtime.CompilerServices;
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

/// <summary>A 2 × 2 complex matrix in every lane, rows first.</summary>
internal readonly record struct LaneMatrix(LaneNumber M00, LaneNumber M01, LaneNumber M10, LaneNumber M11)
{
    public static LaneMatrix Identity => new(LaneNumber.One, default, default, LaneNumber.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMatrix operator *(LaneMatrix a, LaneMatrix b) => new(
        (a.M00 * b.M00) + (a.M01 * b.M10),
        (a.M00 * b.M01) + (a.M01 * b.M11),
        (a.M10 * b.M00) + (a.M11 * b.M10),
        (a.M10 * b.M01) + (a.M11 * b.M11));

    public static LaneMatrix Broadcast(Complex[,] matrix) => new(
        LaneNumber.Broadcast(matrix[0, 0]),
        LaneNumber.Broadcast(matrix[0, 1]),
        LaneNumber.Broadcast(matrix[1, 0]),
        LaneNumber.Broadcast(matrix[1, 1]));

    public LaneMatrix Adjoint() => new(M00.Conjugate(), M10.Conjugate(), M01.Conjugate(), M11.Conjugate());

    /// <summary>The same with another matrix, times a factor, in one lane.</summary>
    public LaneMatrix WithLane(int lane, Complex[,] matrix, double factor = 1) => new(
        M00.WithLane(lane, matrix[0, 0] * factor),
        M01.WithLane(lane, matrix[0, 1] * factor),
        M10.WithLane(lane, matrix[1, 0] * factor),
        M11.WithLane(lane, matrix[1, 1] * factor));
}

/// <summary>A complex number in every lane.</summary>
internal readonly record struct LaneNumber(Vector512<double> Real, Vector512<double> Imaginary)
{
    public static LaneNumber Zero => default;

    public static LaneNumber One => new(Vector512<double>.One, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneNumber operator +(LaneNumber a, LaneNumber b) => new(a.Real + b.Real, a.Imaginary + b.Imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneNumber operator *(LaneNumber a, LaneNumber b) => new(
        (a.Real * b.Real) - (a.Imaginary * b.Imaginary), (a.Real * b.Imaginary) + (a.Imaginary * b.Real));

    public static LaneNumber Broadcast(Complex value) => new(Vector512.Create(value.Real), Vector512.Create(value.Imaginary));

    public LaneNumber Conjugate() => new(Real, -Imaginary);

    public LaneNumber WithLane(int lane, Complex value) => new(Real.WithElement(lane, value.Real), Imaginary.WithElement(lane, value.Imaginary));
}
