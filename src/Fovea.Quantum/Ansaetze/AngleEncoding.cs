using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>Angle encoding: input i, in radians, turns wire i.</summary>
public static class AngleEncoding
{
    /// <summary>Appends the encoding of input i on every wire i.</summary>
    public static void Append(CircuitBuilder builder, EncodingAxis axis)
    {
        ArgumentNullException.ThrowIfNull(builder);
        for (var wire = 0; wire < builder.WireCount; wire++)
        {
            var angle = Angle.Input(wire);
            _ = axis switch
            {
                EncodingAxis.X => builder.RX(angle, wire),
                EncodingAxis.Y => builder.RY(angle, wire),
                EncodingAxis.Z => builder.H(wire).RZ(angle, wire),
                _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "must be X, Y or Z"),
            };
        }
    }
}
