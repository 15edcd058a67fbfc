using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.Ensembles;

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
