using System.Numerics;
using CsCheck;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

public class ReferenceStateTests
{
    // Amplitudes carry a few dozen roundings of 1e-16.
    private const double Rounding = 1e-13;

    [Fact]
    public void Apply_RandomCircuits_KeepsNorm() => RandomCircuit.Generator.Sample(
        random => Math.Abs(Run(random.Circuit, random.Inputs, random.Weights).Sum(a => a.Magnitude * a.Magnitude) - 1) < Rounding,
        iter: 100,
        threads: 1);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GateMatrix_EveryGate_IsUnitary(GateKind kind)
    {
        var matrix = GateMatrix.Of(kind, 0.7);
        var size = matrix.GetLength(0);
        Assert.Equal(1 << GateInfo.Of(kind).WireCount, size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var sum = Complex.Zero;
                for (var k = 0; k < size; k++)
                    sum += matrix[i, k] * Complex.Conjugate(matrix[j, k]);
                Assert.True((sum - (i == j ? 1 : 0)).Magnitude < Rounding, $"row {i} · row {j} = {sum}");
            }
        }
    }

    [Fact]
    public void Apply_Bell_HasEqualAmplitudesOf00And11()
    {
        var state = Run(new CircuitBuilder(2).H(0).CNOT(0, 1).Build(), [], []);
        AssertState([Math.Sqrt(0.5), 0, 0, Math.Sqrt(0.5)], state);
    }

    [Fact]
    public void Apply_XOnWire0_SetsTheMostSignificantBit()
    {
        var state = Run(new CircuitBuilder(3).X(0).Build(), [], []);
        AssertState([0, 0, 0, 0, 1, 0, 0, 0], state);
    }

    [Fact]
    public void Apply_Ghz_HasEqualAmplitudesOfAllZerosAndAllOnes()
    {
        var state = Run(new CircuitBuilder(3).H(1).CNOT(1, 0).CNOT(0, 2).Build(), [], []);
        AssertState([Math.Sqrt(0.5), 0, 0, 0, 0, 0, 0, Math.Sqrt(0.5)], state);
    }

    [Fact]
    public void Apply_RotationSigns_FollowExpMinusHalf()
    {
        const double angle = 0.8;
        var (sin, cos) = Math.SinCos(angle / 2);
        AssertState([cos, sin], Run(new CircuitBuilder(1).RY(Angle.Constant(angle), 0).Build(), [], []));
        AssertState([cos, new(0, -sin)], Run(new CircuitBuilder(1).RX(Angle.Constant(angle), 0).Build(), [], []));
        AssertState([new(cos, -sin), 0], Run(new CircuitBuilder(1).RZ(Angle.Constant(angle), 0).Build(), [], []));
    }

    public static TheoryData<GateKind> Kinds() => [.. Enum.GetValues<GateKind>()];

    private static Complex[] Run(Circuit circuit, double[] inputs, double[] weights)
    {
        var state = new ReferenceState(circuit.WireCount);
        foreach (var operation in circuit.Operations)
            state.Apply(operation, operation.Angle?.Evaluate(inputs, weights) ?? 0);
        return state.Amplitudes.ToArray();
    }

    private static void AssertState(Complex[] expected, Complex[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True((expected[i] - actual[i]).Magnitude < Rounding, $"amplitude {i}: {actual[i]}, expected {expected[i]}");
    }
}
