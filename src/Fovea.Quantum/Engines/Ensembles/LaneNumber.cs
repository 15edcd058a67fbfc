using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Quantum.Engines.Ensembles;

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

    public Complex Lane(int lane) => new(Real[lane], Imaginary[lane]);

    public LaneNumber WithLane(int lane, Complex value) => new(Real.WithElement(lane, value.Real), Imaginary.WithElement(lane, value.Imaginary));
}
