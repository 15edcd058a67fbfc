using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Circuits;

public class PauliStringTests
{
    private const int Wires = 3;

    [Fact]
    public void Multiply_EveryPairOnTwoWires_MatchesDenseMatrices()
    {
        foreach (var left in All())
        {
            foreach (var right in All())
            {
                var (product, quarters) = left.Multiply(right);
                AssertEqual(Times(Dense(left), Dense(right)), Dense(product), Complex.Pow(Complex.ImaginaryOne, quarters));
                Assert.Equal(left.Multiply(right) == right.Multiply(left), left.CommutesWith(right));
            }
        }
    }

    [Fact]
    public void Parse_TextOfAnyString_GivesItBack()
    {
        var random = new CounterRandom(21, 0);
        for (var i = 0; i < 200; i++)
        {
            var pauli = new PauliString(NextMask(random), NextMask(random));
            Assert.Equal(pauli, PauliString.Parse(pauli.ToString()));
        }

        Assert.Equal(PauliString.Identity, PauliString.Parse("I"));
        Assert.Equal(new PauliString(X: 0b1001, Z: 0b1010), PauliString.Parse(" x0 Z1 * y3 "));
    }

    [Theory]
    [InlineData("Q0")]
    [InlineData("X")]
    [InlineData("X-1")]
    [InlineData("X64")]
    [InlineData("X0*Z0")]
    [InlineData("3")]
    public void Parse_BadText_QuotesIt(string text)
    {
        var exception = Assert.Throws<FormatException>(() => PauliString.Parse(text));
        Assert.Contains($"'{text}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void U3_Builder_MatchesItsMatrix()
    {
        const double theta = 0.7, phi = -1.1, lambda = 2.3;
        var circuit = new CircuitBuilder(1)
            .U3(Angle.Constant(theta), Angle.Constant(phi), Angle.Constant(lambda), 0).Build();
        var matrix = new Complex[,] { { 1, 0 }, { 0, 1 } };
        foreach (var operation in circuit.Operations)
            matrix = Times(GateMatrix.Of(operation.Kind, operation.Angle!.Value.Evaluate([], [])), matrix);
        var (sin, cos) = Math.SinCos(theta / 2);
        Complex Phase(double angle) => Complex.FromPolarCoordinates(1, angle);
        AssertEqual(matrix, new[,] { { cos, -Phase(lambda) * sin }, { Phase(phi) * sin, Phase(phi + lambda) * cos } }, 1);
    }

    [Fact]
    public void Observable_EqualStrings_AreAddedUp()
    {
        var sum = Observable.X(0) + (0.5 * Observable.Pauli("X0*Y1")) + Observable.X(0);
        Assert.Equal("2*X0+0.5*X0*Y1", sum.ToString());
        Assert.Equal(-1, sum.SingleZWire);
        Assert.Equal(2, Observable.Z(2).SingleZWire);
        Assert.Equal(0b11UL, sum.Support);
    }

    [Fact]
    public void Probabilities_OfBadWires_Throw()
    {
        Assert.Throws<ArgumentException>(() => Observable.Probabilities());
        Assert.Throws<ArgumentException>(() => Observable.Probabilities(1, 1));
    }

    private static ulong NextMask(CounterRandom random) => ((ulong)random.NextBits() << 32) | random.NextBits();

    private static IEnumerable<PauliString> All() =>
        from x in Enumerable.Range(0, 4) from z in Enumerable.Range(0, 4) select new PauliString((ulong)x << 1, (ulong)z << 1);

    /// <summary>The Kronecker product over the wires, wire 0 first.</summary>
    private static Complex[,] Dense(PauliString pauli)
    {
        var matrix = new Complex[,] { { 1 } };
        for (var wire = 0; wire < Wires; wire++)
        {
            var factor = GateMatrix.Of(Enum.Parse<GateKind>(pauli[wire].ToString()));
            var size = matrix.GetLength(0);
            var next = new Complex[2 * size, 2 * size];
            for (var row = 0; row < 2 * size; row++)
            {
                for (var column = 0; column < 2 * size; column++)
                    next[row, column] = matrix[row / 2, column / 2] * factor[row % 2, column % 2];
            }

            matrix = next;
        }

        return matrix;
    }

    private static Complex[,] Times(Complex[,] left, Complex[,] right)
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

    private static void AssertEqual(Complex[,] expected, Complex[,] actual, Complex factor)
    {
        // A few roundings of 1e-16.
        for (var row = 0; row < expected.GetLength(0); row++)
        {
            for (var column = 0; column < expected.GetLength(1); column++)
                Assert.True((expected[row, column] - (factor * actual[row, column])).Magnitude < 1e-14, $"[{row}, {column}]");
        }
    }
}
