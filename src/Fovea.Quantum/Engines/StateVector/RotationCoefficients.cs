using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// The two numbers a kernel needs for a rotation by α: for a Y rotation n = −tan(φ/2) and s = sin φ with φ = α/2 taken
/// modulo π; for a diagonal one cos α/2 and sin α/2.
/// </summary>
internal static class RotationCoefficients
{
    /// <summary>α over two, as a factor on the weight or input (for a constant, α/2 itself).</summary>
    public static double HalfScale(PauliRotation rotation) => 0.5 * rotation.Coefficient * rotation.Angle.Scale;

    /// <summary>Half of α for a rotation by a weight or a constant.</summary>
    public static double HalfAngle<T>(PauliRotation rotation, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        rotation.Angle.Source == AngleSource.Weight
            ? HalfScale(rotation) * double.CreateTruncating(weights[rotation.Angle.Index])
            : HalfScale(rotation);

    /// <summary>Adds what dE/dα of one rotation means for the weight its angle comes from.</summary>
    public static void AddWeightGradient(PauliRotation rotation, double value, Span<double> weightGradients) =>
        weightGradients[rotation.Angle.Index] += 2 * HalfScale(rotation) * value;

    /// <summary>The coefficients from the sine and cosine of α/2.</summary>
    public static (T First, T Second) From<T>(T sin, T cos, bool isDiagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (isDiagonal)
            return (cos, sin);
        if (cos < T.Zero)
            (sin, cos) = (-sin, -cos);
        return (-sin / (T.One + cos), sin);
    }
}
