using Fovea.Core.Random;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Ansaetze;

public class AnsatzTests
{
    public static TheoryData<string> Names() => [.. AnsatzRegistry.Names];

    [Fact]
    public void Ese2Recon_TwoLayersOnFourWires_IsTheDeclaredGateList()
    {
        var expected = new CircuitBuilder(4);
        for (var layer = 0; layer < 2; layer++)
        {
            for (var wire = 0; wire < 4; wire++)
                expected.Rot(expected.NewWeight(), expected.NewWeight(), expected.NewWeight(), wire);
            if (layer == 0)
                expected.CNOT(0, 1).CNOT(2, 3);
            else
                expected.CNOT(1, 2);
        }

        Assert.Equal(expected.Build().ToString(), Build("ese2-recon", 4, 2).ToString());
    }

    [Fact]
    public void StronglyEntangling_RingRange_GrowsWithTheLayerAndWraps()
    {
        var rings = Build("sel", 3, 3).Operations.Where(operation => operation.Kind == GateKind.CNOT).Select(o => o.ToString());
        Assert.Equal(
            ["CNOT 0 1", "CNOT 1 2", "CNOT 2 0", "CNOT 0 2", "CNOT 1 0", "CNOT 2 1", "CNOT 0 1", "CNOT 1 2", "CNOT 2 0"], rings);
    }

    [Theory]
    [InlineData("sel", 1, 0)]
    [InlineData("sel", 2, 2)]
    [InlineData("basic-entangler", 1, 0)]
    [InlineData("basic-entangler", 2, 1)]
    [InlineData("basic-entangler", 3, 3)]
    [InlineData("ese2-recon", 1, 0)]
    [InlineData("ese2-recon", 5, 2)]
    public void Layer_FewWires_HasThatManyEntanglers(string name, int wires, int count) =>
        Assert.Equal(count, Build(name, wires, 1).Operations.Count(operation => operation.Kind == GateKind.CNOT));

    [Theory]
    [InlineData("strongly-entangling", 36)]
    [InlineData("basic-entangler", 12)]
    [InlineData("ese2-recon", 36)]
    public void WeightCount_FourWiresThreeLayers_IsThatOfTheLayout(string name, int count) =>
        Assert.Equal(count, AnsatzRegistry.Get(name).WeightCount(4, 3));

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_OfEveryAnsatz_MoveTheLossExceptProvablyDeadOnes(string name)
    {
        const int wires = 6;
        const int layers = 3;
        var circuit = new QuantumLayerSpec { Qubits = wires, Layers = layers, Ansatz = name }.BuildCircuit();
        var random = new CounterRandom(21, 0);
        var inputs = RandomCircuit.Numbers(random, 4 * wires, 3);
        var weights = RandomCircuit.Numbers(random, circuit.WeightCount, 3);
        var cotangents = RandomCircuit.Numbers(random, 4 * wires, 1);
        var result = EngineRun.Run(new StateVectorEngine<double>(circuit), inputs, weights, cotangents);
        // A live weight's gradient is of order 0.1; 1e-9 is far above rounding and far below that.
        var dead = Enumerable.Range(0, weights.Length).Where(i => Math.Abs(result.WeightGradients[i]) < 1e-9);
        // The last RZ of each Rot in the last layer is a phase that the CNOTs permute and a Z measurement cannot see.
        int[] provable = name == "basic-entangler"
            ? []
            : [.. Enumerable.Range(0, wires).Select(wire => (3 * wires * (layers - 1)) + (3 * wire) + 2)];
        Assert.Equal(provable, dead);
    }

    [Fact]
    public void Get_MistypedName_ListsNamesAndTheNearest()
    {
        var exception = Assert.Throws<ArgumentException>(() => AnsatzRegistry.Get("ese2-recom"));
        Assert.Contains("did you mean 'ese2-recon'?", exception.Message, StringComparison.Ordinal);
        Assert.All(AnsatzRegistry.Names, name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Ese2Recon_Description_SaysItIsAReconstruction() =>
        Assert.Contains("our reconstruction", AnsatzRegistry.Get("ese2-recon").Description, StringComparison.Ordinal);

    private static Circuit Build(string name, int wires, int layers)
    {
        var builder = new CircuitBuilder(wires);
        AnsatzRegistry.Get(name).Append(builder, layers);
        return builder.Build();
    }
}
