using CsCheck;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.LightCones;

namespace Fovea.Tests.Quantum.LightCones;

public sealed class LightConeTests
{
    [Fact]
    public void Trace_PhasesAndControlledZBeforeZ_LeavesThemOut()
    {
        var circuit = new CircuitBuilder(2).RY(Angle.Constant(0.4), 0).CZ(0, 1).RZ(Angle.Constant(0.7), 0).Build();
        var cone = LightCone.Trace(circuit, Observable.Z(0));
        Assert.Equal([0], cone.Operations);
        Assert.Equal(0b01UL, cone.Wires);
    }

    [Fact]
    public void Trace_ControlledNot_ReachesTheControlFromTheTargetOnly()
    {
        var circuit = new CircuitBuilder(2).CNOT(0, 1).Build();
        Assert.Empty(LightCone.Trace(circuit, Observable.Z(0)).Operations);
        Assert.Equal(0b11UL, LightCone.Trace(circuit, Observable.Z(1)).Wires);
        Assert.Empty(LightCone.Trace(circuit, Observable.X(1)).Operations);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(30)]
    public void Trace_HalfBrickOfThreeLayers_HasAtMostSixWires(int wires)
    {
        var circuit = new QuantumLayerSpec { Qubits = wires, Layers = 3, Ansatz = "ese2-recon" }.BuildCircuit();
        var cones = circuit.Observables.Select(observable => LightCone.Trace(circuit, observable).WireCount).ToArray();
        Assert.Equal(6, cones.Max());
    }

    [Fact]
    public void ConePartition_FqConv_ComesApartInFourBlocksOfThreeWires()
    {
        var circuit = new QuantumLayerSpec { Qubits = 12, Layers = 3, Ansatz = "fqconv" }.BuildCircuit();
        var parts = ConePartition.Split(circuit);
        Assert.Equal(["0,4,8", "1,5,9", "2,6,10", "3,7,11"], parts.Select(part => string.Join(',', part.Wires)));
    }

    [Fact]
    public void ConePartition_Ring_StaysWhole() =>
        Assert.Single(ConePartition.Split(new QuantumLayerSpec { Qubits = 5, Layers = 3, Ansatz = "sel" }.BuildCircuit()));

    [Fact]
    public void PartitionedEngine_RandomCircuits_MatchesReference() => RandomCircuit.Generator
        .Where(random => random.Circuit.Preparation == StatePreparation.Zero)
        .Sample(
            random =>
            {
                var parts = ConePartition.Split(random.Circuit);
                var engine = new PartitionedEngine<double>(
                    random.Circuit, parts, [.. parts.Select(part => new StateVectorEngine<double>(part.Circuit))]);
                var expected = EngineRun.Run(
                    new ReferenceEngine(random.Circuit), random.Inputs, random.Weights, random.Cotangents);
                var actual = EngineRun.Run(engine, random.Inputs, random.Weights, random.Cotangents);
                // A few dozen operations of 1e-16 each, and gradients summed over them.
                EngineRun.AssertClose(expected.Expectations, actual.Expectations, 1e-13, "expectation");
                EngineRun.AssertClose(expected.InputGradients, actual.InputGradients, 1e-11, "input gradient");
                EngineRun.AssertClose(expected.WeightGradients, actual.WeightGradients, 1e-11, "weight gradient");
            },
            iter: 60,
            threads: 1);

    [Fact]
    public void PartitionedEngine_PartMissing_Throws()
    {
        var circuit = new CircuitBuilder(2).X(0).Build();
        var part = CircuitPart.Extract(circuit, [0], [0]);
        Assert.Throws<ArgumentException>(
            "parts", () => new PartitionedEngine<double>(circuit, [part], [new StateVectorEngine<double>(part.Circuit)]));
    }
}
