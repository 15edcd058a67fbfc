using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Circuits;

public class SeparableTwinTests
{
    [Fact]
    public void Build_StronglyEntanglingRing_KeepsAllButTheRing()
    {
        var circuit = new QuantumLayerSpec { Qubits = 2, Layers = 2, Ansatz = "strongly-entangling", Reupload = true }.BuildCircuit();
        var twin = SeparableTwin.Build(circuit);
        Assert.Equal(
            "wires 2, inputs 2, weights 12, outputs Z0 Z1\nRY(x0) 0\nRY(x1) 1\nRZ(w0) 0\nRY(w1) 0\nRZ(w2) 0\nRZ(w3) 1\nRY(w4) 1\nRZ(w5) 1\n"
            + "RY(x0) 0\nRY(x1) 1\nRZ(w6) 0\nRY(w7) 0\nRZ(w8) 0\nRZ(w9) 1\nRY(w10) 1\nRZ(w11) 1\n",
            twin.ToString());
    }

    // Without entanglement an output depends on the input of its own wire alone, and of a pair the expectation is a product.
    [Fact]
    public void Build_AnyCircuit_GivesWiresThatKnowNothingOfEachOther()
    {
        var spec = new QuantumLayerSpec { Qubits = 3, Layers = 2, Ansatz = "ese2-recon" };
        var gates = spec.BuildCircuit();
        var measured = new Circuit(3, 3, gates.WeightCount, gates.Operations, [Observable.Z(0), Observable.Z(1), Observable.Pauli("Z0*Z1")]);
        double[] weights = [.. Enumerable.Range(0, gates.WeightCount).Select(k => Math.Sin(k + 1.0))];
        double[] Values(Circuit circuit, params double[] inputs)
        {
            var values = new double[3];
            new ReferenceEngine(circuit).Forward(inputs, weights, values);
            return values;
        }

        double[] one = Values(SeparableTwin.Build(measured), 0.4, 1.1, -0.6), other = Values(SeparableTwin.Build(measured), 0.4, -2.0, 0.9);
        Assert.Equal(one[0], other[0], 1e-14);
        Assert.NotEqual(one[1], other[1], 1e-2);
        Assert.Equal(one[0] * one[1], one[2], 1e-14);
        Assert.NotEqual(Values(measured, 0.4, 1.1, -0.6)[0], Values(measured, 0.4, -2.0, 0.9)[0], 1e-2);
    }

    [Fact]
    public void Build_WeightsInEntanglingGates_IsRefused()
    {
        var circuit = new CircuitBuilder(2).RY(Angle.Input(0), 0).RZZ(Angle.Constant(0.3), 0, 1).CRX(Angle.Weight(0), 0, 1).Build();
        Assert.Equal("CRX(w0) 0 1 would leave with the entangling gates, and what its angle depends on with it", SeparableTwin.Problem(circuit));
        Assert.Throws<ArgumentException>(() => SeparableTwin.Build(circuit));
        Assert.Null(SeparableTwin.Problem(new CircuitBuilder(2).RZZ(Angle.Constant(0.3), 0, 1).Build()));
    }
}
