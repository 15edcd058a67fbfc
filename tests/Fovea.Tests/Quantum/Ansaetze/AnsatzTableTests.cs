using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>Counts on 12 wires and 3 layers, the size at which the ansätze are compared.</summary>
public class AnsatzTableTests
{
    private const int Wires = 12;
    private const int Layers = 3;

    /// <summary>Name, weights, two-qubit gates, weights that cannot matter.</summary>
    public static TheoryData<string, int, int, int> Rows() => new()
    {
        { "strongly-entangling", 108, 36, 12 },
        { "basic-entangler", 36, 36, 0 },
        { "simplified-two-design", 78, 33, 0 },
        { "hqconv", 84, 84, 0 },
        { "fqconv", 72, 72, 0 },
        { "fqconv-port", 72, 72, 4 },
        { "ese1-recon", 108, 33, 12 },
        { "ese2-recon", 108, 17, 12 },
        { "brick", 108, 33, 12 },
        { "ry-rz-ring", 72, 36, 12 },
        { "crx-ring", 144, 36, 0 },
        { "cz-ring", 108, 36, 12 },
        { "ry-rz-half-brick", 72, 17, 12 },
        { "half-range", 108, 36, 12 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Circuit_OfEveryAnsatz_HasTheseCounts(string name, int weights, int pairGates, int deadWeights)
    {
        var circuit = new QuantumLayerSpec { Qubits = Wires, Layers = Layers, Ansatz = name, Encoding = InputEncoding.X }.BuildCircuit();
        Assert.Equal(weights, circuit.WeightCount);
        Assert.Equal(weights, AnsatzRegistry.Get(name).WeightCount(Wires, Layers));
        Assert.Equal(pairGates, circuit.Operations.Count(operation => operation.Wires.Length == 2));
        Assert.Equal(deadWeights, new GradientProbe(circuit).DeadWeights.Count);
    }

    [Fact]
    public void Rows_CoverEveryAnsatz() => Assert.Equal(AnsatzRegistry.Names, Rows().Select(row => row.Data.Item1));
}
