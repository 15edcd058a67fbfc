using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Tests.Quantum.PauliPropagation;

public sealed class GateRotationsTests
{
    public static TheoryData<GateKind> Gates => [.. Enum.GetValues<GateKind>()];

    [Theory]
    [MemberData(nameof(Gates))]
    public void Of_EveryGate_MultipliesToItsMatrixUpToPhase(GateKind kind)
    {
        var info = GateInfo.Of(kind);
        var angle = info.HasAngle ? Angle.Constant(0.83) : (Angle?)null;
        var operation = new Operation(kind, [.. Enumerable.Range(0, info.WireCount)], angle);
        var product = Identity(1 << info.WireCount);
        foreach (var rotation in GateRotations.Of(operation))
            product = Multiply(Rotation(rotation, info.WireCount), product);
        var expected = GateMatrix.Of(kind, 0.83);
        // |tr(A†B)| = dimension exactly when A and B differ by a phase.
        var trace = Complex.Zero;
        for (var row = 0; row < expected.GetLength(0); row++)
        {
            for (var column = 0; column < expected.GetLength(0); column++)
                trace += Complex.Conjugate(expected[row, column]) * product[row, column];
        }

        // Eight products of matrices with entries of order one, at 1e-16 each.
        Assert.Equal(expected.GetLength(0), trace.Magnitude, 1e-13);
    }

    [Fact]
    public void Quarters_MultiplesOfAQuarterTurn_AreRecognised()
    {
        int Quarters(double turns) => new PauliRotationGate(default, Angle.Constant(turns * Math.PI / 2), 1).Quarters;
        Assert.Equal([0, 1, 2, 3, 0, 3, -1], new[] { 0, 1, 2, 3, 4, -1, 0.5 }.Select(Quarters));
        Assert.Equal(-1, new PauliRotationGate(default, Angle.Weight(0), 1).Quarters);
    }

    /// <summary>cos(α/2)·1 − i·sin(α/2)·P, by the reference state's matrix elements of P.</summary>
    private static Complex[,] Rotation(PauliRotationGate rotation, int wires)
    {
        var size = 1 << wires;
        var (sin, cos) = Math.SinCos(rotation.Scale / 2);
        var matrix = new Complex[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var element = Basis(wires, row).Matrix(rotation.Axis, Basis(wires, column));
                matrix[row, column] = (row == column ? cos : 0) - (Complex.ImaginaryOne * sin * element);
            }
        }

        return matrix;
    }

    private static ReferenceState Basis(int wires, int index)
    {
        var amplitudes = new double[1 << wires];
        amplitudes[index] = 1;
        return new ReferenceState(wires, amplitudes);
    }

    private static Complex[,] Identity(int size)
    {
        var matrix = new Complex[size, size];
        for (var k = 0; k < size; k++)
            matrix[k, k] = 1;
        return matrix;
    }

    private static Complex[,] Multiply(Complex[,] left, Complex[,] right)
    {
        var size = left.GetLength(0);
        var product = new Complex[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                for (var k = 0; k < size; k++)
                    product[row, column] += left[row, k] * right[k, column];
            }
        }

        return product;
    }
}
