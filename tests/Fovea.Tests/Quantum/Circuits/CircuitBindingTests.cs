using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Circuits;

public class CircuitBindingTests
{
    private static Circuit Open() => new CircuitBuilder(2)
        .H(0)
        .RX(Angle.Input(0, 2), 0)
        .RZZ(Angle.InputProduct(0, 1, 0.5), 0, 1)
        .RY(Angle.Weight(0, -1), 1)
        .RZ(Angle.Constant(0.25), 1)
        .CNOT(0, 1)
        .Build();

    [Fact]
    public void Bind_EverySource_BecomesAConstant()
    {
        var bound = CircuitBinding.Bind(Open(), [0.5, -2], [0.75]);
        Assert.Equal("wires 2, inputs 0, weights 0, outputs Z0 Z1\nH 0\nRX(1) 0\nRZZ(-0.5) 0 1\nRY(-0.75) 1\nRZ(0.25) 1\nCNOT 0 1\n", bound.ToString());
    }

    [Fact]
    public void Bind_Values_KeepExpectations()
    {
        double[] inputs = [0.3, -1.1], weights = [2.2];
        double[] expected = new double[2], actual = new double[2];
        new ReferenceEngine(Open()).Forward(inputs, weights, expected);
        new ReferenceEngine(CircuitBinding.Bind(Open(), inputs, weights)).Forward([], [], actual);
        // The same gates with the same angles: equal bit for bit.
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(1, 1, 1.0, "1 inputs are given, the circuit has 2")]
    [InlineData(2, 0, 1.0, "0 weights are given, the circuit has 1")]
    [InlineData(2, 1, 1e200, "the angle of RZZ(0.5*x0*x1) 0 1 is not finite")]
    [InlineData(2, 1, double.NaN, "is not finite")]
    public void Bind_ValuesThatDoNotFit_AreRefused(int inputs, int weights, double value, string words)
    {
        var failure = Assert.Throws<ArgumentException>(() => CircuitBinding.Bind(
            Open(), [.. Enumerable.Repeat(value, inputs)], [.. Enumerable.Repeat(value, weights)]));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_Amplitudes_AreRefused()
    {
        var circuit = new Circuit(1, 2, 0, [], preparation: StatePreparation.Amplitudes);
        Assert.Contains("amplitudes", Assert.Throws<ArgumentException>(() => CircuitBinding.Bind(circuit, [1, 0], [])).Message, StringComparison.Ordinal);
    }
}
