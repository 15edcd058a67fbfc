using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>Circuits of published programs in which weights do nothing, and that the search for dead weights finds such faults.</summary>
public class DefectExhibitTests
{
    [Fact]
    public void HqconvPublished_12Wires_IsFourGatesAnd28Weights()
    {
        var ansatz = AnsatzRegistry.FindExhibit("hqconv-published")!;
        Assert.Equal(
            "CRZ(w0) 4 8|CRX(w1) 4 8|CRZ(w2) 0 4|CRX(w3) 0 4|CRZ(w28) 4 8|CRX(w29) 4 8|CRZ(w30) 0 4|CRX(w31) 0 4",
            string.Join('|', Ansaetze.Definitions.Texts.Build(ansatz.Source, 12, 2).Operations));
        Assert.Equal((28, 8), (ansatz.WeightCount(12, 1), ansatz.WeightCount(4, 1)));
        Assert.Throws<ArgumentException>(() => ansatz.WeightCount(6, 1));
    }

    [Fact]
    public void HqconvPublished_12Wires_Leaves72Of84WeightsDead()
    {
        // A loop bound of n mod 4 = 0 drops all rings of four; each layer still owns 28 weights and reads the first four.
        var dead = new GradientProbe(Layer("hqconv-published", 12, InputEncoding.X)).DeadWeights;
        Assert.Equal(Enumerable.Range(0, 84).Where(i => i % 28 >= 4), dead);
    }

    [Fact]
    public void RzChain_FourWires_IsPhasesAndAChain() => Assert.Equal(
        "RZ(w0) 0|RZ(w1) 1|RZ(w2) 2|RZ(w3) 3|CNOT 0 1|CNOT 1 2|CNOT 2 3",
        Ansaetze.Definitions.Texts.Gates(AnsatzRegistry.FindExhibit("RZ-chain")!.Source, 4));

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void RzChain_AfterAnyEncoding_LeavesEveryWeightDead(int wires)
    {
        // Phases and permutations, which Z measurements do not see.
        var probe = new GradientProbe(Layer("rz-chain", wires, InputEncoding.Y));
        Assert.Equal(Enumerable.Range(0, 3 * wires), probe.DeadWeights);
        Assert.Empty(probe.DeadInputs);
    }

    [Fact]
    public void Exhibits_ByName_AreKnownToTheLaboratoryOnly()
    {
        foreach (var exhibit in AnsatzRegistry.Exhibits)
        {
            Assert.Equal(AnsatzStatus.Exhibit, exhibit.Status);
            Assert.Contains("arXiv", exhibit.Description, StringComparison.Ordinal);
            Assert.Null(AnsatzRegistry.Find(exhibit.Name));
            Assert.Same(exhibit, AnsatzRegistry.Resolve(exhibit.Name));
            var failure = Assert.Throws<InputException>(new QuantumLayerSpec { Ansatz = exhibit.Name, Qubits = 12 }.BuildCircuit);
            Assert.Contains($"'{exhibit.Name}' is an exhibit", failure.Message, StringComparison.Ordinal);
        }
    }

    private static Fovea.Quantum.Circuits.Circuit Layer(string exhibit, int wires, InputEncoding encoding) =>
        new QuantumLayerSpec { Qubits = wires, Layers = 3, Encoding = encoding }.BuildCircuit(AnsatzRegistry.FindExhibit(exhibit)!);
}
