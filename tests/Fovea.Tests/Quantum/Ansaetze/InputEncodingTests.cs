using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Ansaetze;

public class InputEncodingTests
{
    // Rounding of a few dozen products of numbers of size 1.
    private const double Tolerance = 1e-13;

    [Fact]
    public void Iqp_ThreeWires_IsHadamardsPhasesAndPairs() => Assert.Equal(
        "H 0|RZ(x0) 0|H 1|RZ(x1) 1|H 2|RZ(x2) 2|RZZ(x0*x1) 0 1|RZZ(x0*x2) 0 2|RZZ(x1*x2) 1 2",
        string.Join('|', Encode(InputEncoding.Iqp, 3).Build().Operations));

    [Fact]
    public void Iqp_Reuploaded_ComesBeforeEveryLayer()
    {
        var spec = new QuantumLayerSpec { Qubits = 2, Layers = 2, Ansatz = "basic-entangler", Encoding = InputEncoding.Iqp, Reupload = true };
        const string encoding = "H 0|RZ(x0) 0|H 1|RZ(x1) 1|RZZ(x0*x1) 0 1|";
        Assert.Equal(
            encoding + "RX(w0) 0|RX(w1) 1|CNOT 0 1|" + encoding + "RX(w2) 0|RX(w3) 1|CNOT 0 1",
            string.Join('|', spec.BuildCircuit().Operations));
    }

    [Fact]
    public void Iqp_TwoWires_HasTheExpectationOfItsDefinition()
    {
        // The amplitudes are ½ exp(−i(x0 z0 + x1 z1 + x0 x1 z0 z1)/2); ⟨X0⟩ pairs those that differ in wire 0.
        double[] x = [0.7, -1.3];
        double Phase(int z0, int z1) => -((x[0] * z0) + (x[1] * z1) + (x[0] * x[1] * z0 * z1)) / 2;
        var expected = new[] { 1, -1 }.Sum(z1 =>
            2 * (Complex.FromPolarCoordinates(0.5, -Phase(1, z1)) * Complex.FromPolarCoordinates(0.5, Phase(-1, z1))).Real);
        Assert.Equal(expected, Run(Encode(InputEncoding.Iqp, 2).Build([Observable.X(0)]), x, [])[0], Tolerance);
    }

    [Fact]
    public void Amplitude_FollowedByLayers_StartsFromTheNormalisedInputs()
    {
        var spec = new QuantumLayerSpec { Qubits = 2, Layers = 1, Ansatz = "basic-entangler", Encoding = InputEncoding.Amplitude };
        var circuit = spec.BuildCircuit();
        Assert.Equal(StatePreparation.Amplitudes, circuit.Preparation);
        Assert.Equal("RX(w0) 0|RX(w1) 1|CNOT 0 1", string.Join('|', circuit.Operations));
        // With no rotation CNOT takes index 3 to 2 and back: Z0 is unchanged, Z1 becomes Z0·Z1.
        double[] inputs = [1, 2, 3, 4];
        Assert.Equal([(1 + 4 - 9 - 16) / 30.0, (1 - 4 - 9 + 16) / 30.0], Run(circuit, inputs, [0, 0]), (a, b) => Math.Abs(a - b) < Tolerance);
    }

    [Theory]
    [InlineData(InputEncoding.Iqp)]
    [InlineData(InputEncoding.Amplitude)]
    public void Inputs_OfEncodingsOfSeveralInputs_MoveTheLoss(InputEncoding encoding)
    {
        var circuit = new QuantumLayerSpec { Qubits = 3, Layers = 2, Encoding = encoding }.BuildCircuit();
        var random = new CounterRandom(8, 0);
        var result = EngineRun.Run(
            new ReferenceEngine(circuit),
            RandomCircuit.Numbers(random, circuit.InputCount, 2),
            RandomCircuit.Numbers(random, circuit.WeightCount, 3),
            RandomCircuit.Numbers(random, 3, 1));
        Assert.All(result.InputGradients, gradient => Assert.True(Math.Abs(gradient) > GradientProbe.Zero));
    }

    [Fact]
    public void Names_OfEncodings_AreThoseOfSettings()
    {
        Assert.Equal(["X", "Y", "Z", "amplitude", "iqp"], Enum.GetValues<InputEncoding>().Select(InputEncodings.Name));
        Assert.DoesNotContain(InputEncoding.Amplitude, InputEncodings.OnePerWire);
        Assert.Equal(4, InputEncodings.OnePerWire.Count);
    }

    private static CircuitBuilder Encode(InputEncoding encoding, int wires)
    {
        var builder = new CircuitBuilder(wires);
        encoding.Append(builder);
        return builder;
    }

    private static double[] Run(Circuit circuit, double[] inputs, double[] weights)
    {
        var expectations = new double[circuit.Observables.Length];
        new ReferenceEngine(circuit).Forward(inputs, weights, expectations);
        return expectations;
    }
}
