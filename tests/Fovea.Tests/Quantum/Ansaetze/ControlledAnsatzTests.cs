using Fovea.Core.Random;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>What follows from an ansatz having nothing but controlled gates.</summary>
public class ControlledAnsatzTests
{
    [Theory]
    [InlineData("hqconv", 8)]
    [InlineData("fqconv", 6)]
    [InlineData("fqconv-port", 6)]
    public void Circuit_WithoutEncoding_LeavesTheZeroState(string name, int wires)
    {
        var builder = new CircuitBuilder(wires);
        AnsatzRegistry.Get(name).Append(builder, 2);
        var circuit = builder.Build();
        var weights = RandomCircuit.Numbers(new CounterRandom(3, 0), circuit.WeightCount, 3);
        var expectations = new double[circuit.WireCount];
        new StateVectorEngine<double>(circuit).Forward([], weights, expectations);
        // Rounding of a product of factors that are 1.
        Assert.All(expectations, value => Assert.Equal(1, value, 1e-13));
        Assert.Equal(circuit.WeightCount, new GradientProbe(circuit).DeadWeights.Count);
    }

    [Theory]
    [InlineData("fqconv", 12)]
    [InlineData("fqconv", 9)]
    [InlineData("fqconv-port", 12)]
    public void Fqconv_AnyDepth_IsSeparateCircuitsOnThreeWires(string name, int wires)
    {
        var circuit = new QuantumLayerSpec { Qubits = wires, Layers = 3, Ansatz = name, Encoding = InputEncoding.X }.BuildCircuit();
        var third = wires / 3;
        var expected = Enumerable.Range(0, third).Select(k => $"{k} {k + third} {k + (2 * third)}");
        Assert.Equal(expected, Components(circuit));
    }

    [Fact]
    public void Hqconv_OneLayer_JoinsAllWires() => Assert.Equal(
        ["0 1 2 3 4 5 6 7 8 9 10 11"],
        Components(new QuantumLayerSpec { Qubits = 12, Layers = 1, Ansatz = "hqconv" }.BuildCircuit()));

    [Fact]
    public void HalfRange_EvenWires_IsSeparatePairs() => Assert.Equal(
        ["0 3", "1 4", "2 5"],
        Components(new QuantumLayerSpec { Qubits = 6, Layers = 4, Ansatz = "half-range" }.BuildCircuit()));

    [Fact]
    public void FqconvPort_OfTheSameWeights_IsAnotherCircuit()
    {
        // A pair has the same two gates in both, but in the other order: with equal angles only the order differs.
        var random = new CounterRandom(5, 0);
        var (inputs, weights) = (RandomCircuit.Numbers(random, 6, 3), Enumerable.Repeat(1.1, 12).ToArray());
        var outputs = new[] { "fqconv", "fqconv-port" }.Select(name =>
        {
            var expectations = new double[6];
            var spec = new QuantumLayerSpec { Qubits = 6, Layers = 1, Ansatz = name, Encoding = InputEncoding.X };
            new StateVectorEngine<double>(spec.BuildCircuit()).Forward(inputs, weights, expectations);
            return expectations;
        }).ToArray();
        // Place 1 (wires 1, 3, 5) has the same order in both, place 0 (wires 0, 2, 4) the other one.
        Assert.All([1, 3, 5], wire => Assert.Equal(outputs[0][wire], outputs[1][wire], 1e-13));
        Assert.Contains([0, 2, 4], wire => Math.Abs(outputs[0][wire] - outputs[1][wire]) > 1e-3);
    }

    /// <summary>The sets of wires that gates join, in the order of their smallest wire.</summary>
    private static IEnumerable<string> Components(Circuit circuit)
    {
        var set = Enumerable.Range(0, circuit.WireCount).ToArray();
        foreach (var operation in circuit.Operations)
        {
            var joined = operation.Wires.Select(wire => set[wire]).ToHashSet();
            for (var wire = 0; wire < set.Length; wire++)
                set[wire] = joined.Contains(set[wire]) ? joined.Min() : set[wire];
        }

        return Enumerable.Range(0, set.Length).GroupBy(wire => set[wire]).Select(wires => string.Join(' ', wires));
    }
}
