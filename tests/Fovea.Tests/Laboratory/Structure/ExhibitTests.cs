using Fovea.Laboratory;
using Fovea.Laboratory.Diagnostics;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Laboratory.Structure;

/// <summary>Published circuits whose faults the laboratory must find.</summary>
public sealed class ExhibitTests
{
    [Fact]
    public void HqconvPublished_TwentyFourParametersALayer_AreUsedByNoGate()
    {
        var dead = AnsatzAnalyzer.FindDead(new(AnsatzRegistry.Resolve("hqconv-published"), 12, 2), TestContext.Current.CancellationToken);
        Assert.Equal(48, dead.Count);
        Assert.All(dead, parameter => Assert.Equal("no gate takes it", parameter.Reason));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    public void RzChain_EveryParameter_IsProvedDead(int qubits)
    {
        var dead = AnsatzAnalyzer.FindDead(new(AnsatzRegistry.Resolve("rz-chain"), qubits, 3), TestContext.Current.CancellationToken);
        Assert.Equal(3 * qubits, dead.Count);
        Assert.All(
            dead,
            parameter => Assert.StartsWith(
                $"RZ on wire {parameter.Gate.Split(' ')[1]} commutes with everything",
                parameter.Reason,
                StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("strongly-entangling")]
    [InlineData("ese1-recon")]
    [InlineData("ese2-recon")]
    [InlineData("cz-ring")]
    public void LastPhases_OneAWire_AreProvedDead(string name)
    {
        var dead = AnsatzAnalyzer.FindDead(new(AnsatzRegistry.Get(name), 6, 3), TestContext.Current.CancellationToken);
        Assert.Equal(6, dead.Count);
        Assert.All(dead, parameter => Assert.Contains("commutes with", parameter.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void PhaseOnZero_ActsOnNothing()
    {
        var circuit = new CircuitBuilder(2).RZ(Angle.Weight(0), 0).RY(Angle.Weight(1), 0).CNOT(0, 1).Build();
        var cancellation = TestContext.Current.CancellationToken;
        var dead = Assert.Single(DeadParameters.Find(circuit, GradientStudy.Measure(circuit, 1, SampleBudget.ForProof, cancellation), cancellation));
        Assert.Equal((0, "RZ(w0) 0", "RZ on wire 0 acts on |0⟩, which it changes by a phase only"), (dead.Index, dead.Gate, dead.Reason));
    }
}
