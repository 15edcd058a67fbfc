using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Compilation;

/// <summary>One native gate on qubits of the device.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">Its qubit; of an entangler the first of the coupling.</param>
/// <param name="Second">The second of the coupling; −1 on one qubit.</param>
/// <param name="Angle">Of rotations and of RZZ.</param>
/// <param name="Sense">−1 for an RZZ that turns backwards, whose excess angle is then negative; else 1.</param>
internal sealed record NativeGate(NativeKind Kind, int First, int Second = -1, Angle? Angle = null, int Sense = 1)
{
    public IEnumerable<int> Qubits => Second < 0 ? [First] : [First, Second];

    public bool Acts(int qubit) => First == qubit || Second == qubit;
}

/// <summary>What a device does.</summary>
internal enum NativeKind
{
    /// <summary>A virtual RZ.</summary>
    Rotation,

    /// <summary>A quarter turn about X.</summary>
    Pulse,

    /// <summary>The device's two-qubit gate.</summary>
    Entangler,
}

/// <summary>A fixed gate on one qubit, [[A, B], [C, D]], unitary; its phase has no meaning here.</summary>
internal readonly record struct QubitMatrix(Complex A, Complex B, Complex C, Complex D)
{
    // Products of a few hundred gates are exact to about 1e-14.
    private const double Tolerance = 1e-12;

    public static QubitMatrix Identity { get; } = new(1, 0, 0, 1);

    public static QubitMatrix X { get; } = Of(GateKind.X);

    public static QubitMatrix Z { get; } = Of(GateKind.Z);

    public static QubitMatrix H { get; } = Of(GateKind.H);

    public bool IsDiagonal => B.Magnitude < Tolerance && C.Magnitude < Tolerance;

    public bool IsAntidiagonal => A.Magnitude < Tolerance && D.Magnitude < Tolerance;

    /// <summary>Whether this is a rotation about X.</summary>
    public bool CommutesWithX => (A - D).Magnitude < Tolerance && (B - C).Magnitude < Tolerance;

    public QubitMatrix Adjoint => new(Complex.Conjugate(A), Complex.Conjugate(C), Complex.Conjugate(B), Complex.Conjugate(D));

    public static QubitMatrix Of(GateKind kind, double angle = 0)
    {
        var matrix = GateMatrix.Of(kind, angle);
        return new(matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1]);
    }

    public static QubitMatrix RotationZ(double angle) => Of(GateKind.RZ, angle);

    /// <summary>The right factor acts first.</summary>
    public static QubitMatrix operator *(QubitMatrix left, QubitMatrix right) => new(
        (left.A * right.A) + (left.B * right.C),
        (left.A * right.B) + (left.B * right.D),
        (left.C * right.A) + (left.D * right.C),
        (left.C * right.B) + (left.D * right.D));

    /// <summary>
    /// This as RZ(last)·SX·RZ(middle)·SX·RZ(first) up to phase with the fewest pulses: none for a diagonal gate, one where a basis state
    /// becomes an even superposition (then RZ(last)·SX·RZ(first)), else two. From U3(θ, φ, λ) = RZ(φ+π)·SX·RZ(θ+π)·SX·RZ(λ)
    /// (McKay et al. 2017, arXiv 1612.00858) and U3(π/2, φ, λ) = RZ(φ+π/2)·SX·RZ(λ−π/2).
    /// </summary>
    public (int Pulses, double First, double Middle, double Last) Pulses()
    {
        if (IsDiagonal)
            return (0, 0, 0, Turn(D.Phase - A.Phase));
        if (IsAntidiagonal)
            return (2, 0, 0, Turn(C.Phase - (-B).Phase + Math.PI));
        var theta = 2 * Math.Atan2(C.Magnitude, A.Magnitude);
        var (phi, lambda) = (C.Phase - A.Phase, (-B).Phase - A.Phase);
        return Math.Abs(theta - (Math.PI / 2)) < Tolerance
            ? (1, Turn(lambda - (Math.PI / 2)), 0, Turn(phi + (Math.PI / 2)))
            : (2, Turn(lambda), Turn(theta + Math.PI), Turn(phi + Math.PI));
    }

    /// <summary>The angle in (−π, π], eighths of a turn exact.</summary>
    private static double Turn(double angle)
    {
        var turn = Math.IEEERemainder(angle, 2 * Math.PI);
        var eighths = Math.Round(turn / (Math.PI / 4));
        turn = Math.Abs(turn - (eighths * (Math.PI / 4))) < Tolerance ? eighths * (Math.PI / 4) : turn;
        return turn == -Math.PI ? Math.PI : turn;
    }
}
