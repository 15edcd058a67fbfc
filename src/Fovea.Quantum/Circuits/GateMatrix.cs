using System.Numerics;

namespace Fovea.Quantum.Circuits;

/// <summary>
/// Dense gate matrices, the definition every engine is held against. Rows and columns are numbered by the gate's own
/// wires, the first wire being the most significant bit.
/// </summary>
public static class GateMatrix
{
    /// <summary>The matrix of a gate, of 2, 4 or 8 rows; <paramref name="angle"/> (radians) is ignored by gates without one.</summary>
    public static Complex[,] Of(GateKind kind, double angle = 0)
    {
        var halfAngle = Complex.FromPolarCoordinates(1, angle / 2);
        return kind switch
        {
            GateKind.I => Diagonal(1, 1),
            GateKind.X => new Complex[,] { { 0, 1 }, { 1, 0 } },
            GateKind.Y => new Complex[,] { { 0, -Complex.ImaginaryOne }, { Complex.ImaginaryOne, 0 } },
            GateKind.Z => Diagonal(1, -1),
            GateKind.H => RealRows(Math.Sqrt(0.5), Math.Sqrt(0.5), Math.Sqrt(0.5), -Math.Sqrt(0.5)),
            GateKind.S => Diagonal(1, Complex.ImaginaryOne),
            GateKind.T => Diagonal(1, Complex.FromPolarCoordinates(1, Math.PI / 4)),
            GateKind.SX => new Complex[,] { { new(0.5, 0.5), new(0.5, -0.5) }, { new(0.5, -0.5), new(0.5, 0.5) } },
            GateKind.RX => RotationX(angle),
            GateKind.RY => RealRows(halfAngle.Real, -halfAngle.Imaginary, halfAngle.Imaginary, halfAngle.Real),
            GateKind.RZ => Diagonal(Complex.Conjugate(halfAngle), halfAngle),
            GateKind.Phase => Diagonal(1, Complex.FromPolarCoordinates(1, angle)),
            GateKind.CNOT => Controlled(Of(GateKind.X)),
            GateKind.CY => Controlled(Of(GateKind.Y)),
            GateKind.CZ => Controlled(Of(GateKind.Z)),
            GateKind.SWAP => new Complex[,] { { 1, 0, 0, 0 }, { 0, 0, 1, 0 }, { 0, 1, 0, 0 }, { 0, 0, 0, 1 } },
            GateKind.CRX => Controlled(Of(GateKind.RX, angle)),
            GateKind.CRY => Controlled(Of(GateKind.RY, angle)),
            GateKind.CRZ => Controlled(Of(GateKind.RZ, angle)),
            GateKind.ControlledPhase => Controlled(Of(GateKind.Phase, angle)),
            GateKind.RXX => PauliPairRotation(GateKind.X, angle),
            GateKind.RYY => PauliPairRotation(GateKind.Y, angle),
            GateKind.RZZ => PauliPairRotation(GateKind.Z, angle),
            GateKind.Toffoli => Controlled(Controlled(Of(GateKind.X))),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a gate of this library"),
        };
    }

    private static Complex[,] Diagonal(Complex first, Complex second) => new[,] { { first, 0 }, { 0, second } };

    private static Complex[,] RealRows(double a, double b, double c, double d) => new Complex[,] { { a, b }, { c, d } };

    private static Complex[,] RotationX(double angle)
    {
        var (sin, cos) = Math.SinCos(angle / 2);
        return new Complex[,] { { cos, new(0, -sin) }, { new(0, -sin), cos } };
    }

    private static Complex[,] Controlled(Complex[,] gate)
    {
        var size = gate.GetLength(0);
        var matrix = new Complex[2 * size, 2 * size];
        for (var row = 0; row < size; row++)
        {
            matrix[row, row] = 1;
            for (var column = 0; column < size; column++)
                matrix[size + row, size + column] = gate[row, column];
        }

        return matrix;
    }

    /// <summary>cos(θ/2)·1 − i·sin(θ/2)·P⊗P, since (P⊗P)² = 1.</summary>
    private static Complex[,] PauliPairRotation(GateKind pauli, double angle)
    {
        var (sin, cos) = Math.SinCos(angle / 2);
        var single = Of(pauli);
        var matrix = new Complex[4, 4];
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                var pair = single[row >> 1, column >> 1] * single[row & 1, column & 1];
                matrix[row, column] = (row == column ? cos : 0) - (Complex.ImaginaryOne * sin * pair);
            }
        }

        return matrix;
    }
}
