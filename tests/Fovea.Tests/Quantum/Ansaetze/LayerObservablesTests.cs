using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;

namespace Fovea.Tests.Quantum.Ansaetze;

public class LayerObservablesTests
{
    [Theory]
    [InlineData("Z", 3, "Z0 Z1 Z2")]
    [InlineData("X+Y+Z", 2, "X0 X1 Y0 Y1 Z0 Z1")]
    [InlineData("Z+ZZ", 3, "Z0 Z1 Z2 Z0*Z1 Z1*Z2 Z0*Z2")]
    [InlineData("ZZ", 2, "Z0*Z1")]
    [InlineData("XX:all", 4, "X0*X1 X0*X2 X0*X3 X1*X2 X1*X3 X2*X3")]
    public void BuildCircuit_Words_AreMeasuredInTheirOrder(string text, int qubits, string expected)
    {
        var spec = new QuantumLayerSpec { Qubits = qubits, Observables = text };
        Assert.Equal(expected, string.Join(' ', spec.BuildCircuit().Observables));
        Assert.Equal(expected.Split(' ').Length, spec.OutputCount);
    }

    [Fact]
    public void Of_Pairs_NameTheirFirstWire() => Assert.Equal([0, 1, 2, 0, 1, 2], LayerObservables.Of("X+ZZ", 3).Select(measured => measured.Wire));

    [Theory]
    [InlineData("XYZ", 4, "observables: 'XYZ' in 'XYZ' is none; allowed: X, Y, Z, XX, YY, ZZ, XX:all, YY:all, ZZ:all, and several of them joined by +")]
    [InlineData("", 4, "observables: '' in '' is none")]
    [InlineData("Z+ZZ+ZZ:all", 4, "measures ZZ twice")]
    [InlineData("Z+ZZ", 1, "observables: ZZ needs pairs of wires, and there is 1 wire")]
    public void Validate_WordsThatAreNone_AreOneProblem(string text, int qubits, string problem) =>
        Assert.Contains(problem, Assert.Single(new QuantumLayerSpec { Qubits = qubits, Observables = text }.Validate()), StringComparison.Ordinal);

    // One wire turned by RY(x): the Bloch vector (sin x, 0, cos x); two such wires give products.
    [Fact]
    public void BuildCircuit_ProductState_MeasuresTheBlochVectors()
    {
        var spec = new QuantumLayerSpec { Qubits = 3, Layers = 1, Observables = "X+Y+Z+ZZ:all" };
        double[] x = [0.4, -1.3, 2.2], values = new double[spec.OutputCount];
        var circuit = SeparableTwin.Build(spec.BuildCircuit());
        new ReferenceEngine(circuit).Forward(x, new double[circuit.WeightCount], values);
        double[] expected =
        [
            .. x.Select(Math.Sin), 0, 0, 0, .. x.Select(Math.Cos),
            Math.Cos(x[0]) * Math.Cos(x[1]), Math.Cos(x[0]) * Math.Cos(x[2]), Math.Cos(x[1]) * Math.Cos(x[2]),
        ];
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], values[k], 1e-14);
    }

    // The Bloch vector (sin x, 0, cos x) turned by a about z and by b about y.
    [Fact]
    public void BuildCircuit_ReadoutRotation_TurnsWhatIsMeasured()
    {
        var spec = new QuantumLayerSpec { Qubits = 1, Layers = 1, Ansatz = "basic-entangler", ReadoutRotation = true };
        var circuit = spec.BuildCircuit();
        Assert.Equal(3, circuit.WeightCount);
        foreach (var (x, a, b) in new[] { (0.4, 0.7, -1.1), (-1.9, 2.5, 0.3) })
        {
            var values = new double[1];
            new ReferenceEngine(circuit).Forward([x], [0, a, b], values);
            Assert.Equal((Math.Cos(b) * Math.Cos(x)) - (Math.Sin(b) * Math.Cos(a) * Math.Sin(x)), values[0], 1e-14);
        }
    }

    [Fact]
    public void BuildCircuit_ReadoutRotation_LeavesNoWeightDead()
    {
        var spec = new QuantumLayerSpec { Qubits = 4, Layers = 2 };
        int Dead(QuantumLayerSpec of)
        {
            var circuit = of.BuildCircuit();
            var (engine, gradients) = (new ReferenceEngine(circuit), new double[circuit.WeightCount]);
            engine.VectorJacobianProduct(
                [0.3, -1.2, 0.8, 2.1],
                [.. Enumerable.Range(0, circuit.WeightCount).Select(k => Math.Sin(1 + (1.3 * k)))],
                [1, -0.7, 0.4, 0.2], new double[4], gradients);
            return gradients.Count(gradient => Math.Abs(gradient) < 1e-12);
        }

        Assert.True(Dead(spec) > 0);
        Assert.Equal(0, Dead(spec with { ReadoutRotation = true }));
    }

    [Theory]
    [InlineData(false, EngineKind.Trigonometric)]
    [InlineData(false, EngineKind.Unitary)]
    [InlineData(true, EngineKind.StateVector)]
    [InlineData(true, null)]
    [InlineData(false, null, true)]
    [InlineData(true, null, true)]
    public void CreateEngine_ManyObservables_AgreesWithTheReference(bool reupload, EngineKind? kind, bool rotated = false)
    {
        var spec = new QuantumLayerSpec { Qubits = 5, Layers = 3, Reupload = reupload, Observables = "X+Y+Z+XX+ZZ:all", ReadoutRotation = rotated };
        var circuit = spec.BuildCircuit();
        var (reference, engine) = (new ReferenceEngine(circuit), new EnginePlanner(isDouble: true).Plan(circuit, kind).CreateEngine<double>());
        double[] Numbers(int count, double seed) => [.. Enumerable.Range(0, count).Select(k => 2 * Math.Sin(seed + (1.7 * k)))];
        var (x, w, c) = (Numbers(20, 0.1), Numbers(circuit.WeightCount, 0.5), Numbers(4 * circuit.Observables.Length, 0.9));
        double[][] Run(IExpectationEngine<double> of)
        {
            var (y, dx, dw) = (new double[c.Length], new double[x.Length], new double[w.Length]);
            of.Forward(x, w, y);
            of.VectorJacobianProduct(x, w, c, dx, dw);
            return [y, dx, dw];
        }

        foreach (var (expected, actual) in Run(reference).Zip(Run(engine)))
            for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-11);
    }
}
