using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>Cases with known answers: observables, products of inputs, amplitudes, inverse circuits.</summary>
public abstract partial class EngineContract<T>
{
    private static readonly Observable[] Bloch = [Observable.X(0), Observable.Y(0), Observable.Z(0)];

    [Fact]
    public void Forward_RotatedQubit_HasItsBlochVector()
    {
        const double angle = 0.8;
        var (sin, cos) = Math.SinCos(angle);
        AssertClose([0, -sin, cos], Expectations(new CircuitBuilder(1).RX(Angle.Constant(angle), 0), Bloch));
        AssertClose([sin, 0, cos], Expectations(new CircuitBuilder(1).RY(Angle.Constant(angle), 0), Bloch));
        AssertClose([cos, sin, 0], Expectations(new CircuitBuilder(1).H(0).RZ(Angle.Constant(angle), 0), Bloch));
    }

    [Fact]
    public void Forward_BellState_IsCorrelatedInEveryBasis() => AssertClose(
        [1, -1, 1, 0, 1],
        Expectations(new CircuitBuilder(2).H(0).CNOT(0, 1), Pauli("X0*X1", "Y0*Y1", "Z0*Z1", "X0*Z1", "I")));

    [Fact]
    public void Forward_GhzState_HasItsParities() => AssertClose(
        [1, -1, -1, -1, 0, 0, 1, 1],
        Expectations(
            new CircuitBuilder(3).H(0).CNOT(0, 1).CNOT(1, 2),
            Pauli("X0*X1*X2", "X0*Y1*Y2", "Y0*X1*Y2", "Y0*Y1*X2", "Y0*Y1*Y2", "Z0*Z1*Z2", "Z0*Z1", "Z0*Z2")));

    [Fact]
    public void Forward_SumOfStrings_IsTheSumOfTheirMeans()
    {
        var builder = new CircuitBuilder(2).H(0).CNOT(0, 1);
        var sum = (0.5 * Observable.Pauli("X0*X1")) + (-2 * Observable.Pauli("Y0*Y1")) + Observable.Z(0);
        AssertClose([2.5], Expectations(builder, [sum]));
    }

    [Fact]
    public void Forward_Probabilities_AreSquaresOfAmplitudes()
    {
        for (var seed = 0UL; seed < 5; seed++)
        {
            var circuit = WithoutInputs(RandomCircuit.Create(wires: 4, gates: 20, seed));
            var state = new ReferenceState(4);
            foreach (var operation in circuit.Operations)
                state.Apply(operation, operation.Angle?.Evaluate([], []) ?? 0);
            var expected = state.Amplitudes.ToArray().Select(a => (a.Real * a.Real) + (a.Imaginary * a.Imaginary)).ToArray();
            var measured = new Circuit(4, 0, 0, circuit.Operations, Observable.Probabilities(0, 1, 2, 3));
            var actual = Expectations(measured);
            AssertClose(expected, actual);
            Assert.Equal(1, actual.Sum(), Tolerance);
        }
    }

    [Fact]
    public void Forward_ProbabilitiesOfSomeWires_TakeTheFirstWireAsMostSignificant()
    {
        var circuit = new CircuitBuilder(3).X(2).RY(Angle.Constant(Math.PI / 3), 0).Build(Observable.Probabilities(2, 0));
        AssertClose([0, 0, 0.75, 0.25], Expectations(circuit));
    }

    [Fact]
    public void Forward_CircuitAndItsInverse_GiveZero()
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var circuit = WithoutInputs(RandomCircuit.Create(wires: 4, gates: 16, seed));
            var there = circuit.Operations;
            var back = there.Reverse().Select(Inverse);
            AssertClose([1, 1, 1, 1], Expectations(new Circuit(4, 0, 0, there.Concat(back))));
        }
    }

    [Fact]
    public void Gradients_ProductsOfInputs_FollowTheProductRule()
    {
        var circuit = new CircuitBuilder(2).RX(Angle.InputProduct(0, 1), 0).RY(Angle.InputProduct(2, 2, 0.5), 1).Build();
        if (!Supports(circuit))
            return;
        double[] x = [0.7, -1.3, 0.9];
        var result = EngineRun.Run(Create(circuit), EngineRun.Cast<T>(x), [], EngineRun.Cast<T>([1, 1]));
        var (sin, square) = (Math.Sin(x[0] * x[1]), x[2] * x[2] / 2);
        EngineRun.AssertClose([Math.Cos(x[0] * x[1]), Math.Cos(square)], result.Expectations, Tolerance, "z");
        EngineRun.AssertClose([-sin * x[1], -sin * x[0], -Math.Sin(square) * x[2]], result.InputGradients, Tolerance, "gradient");
    }

    [Fact]
    public void Amplitudes_WithoutGates_GiveWeightedMeansOfAnyLength()
    {
        var circuit = new CircuitBuilder(2).PrepareAmplitudes().Build([Observable.Z(0), Observable.Pauli("X1")]);
        if (!Supports(circuit))
            return;
        foreach (var length in new[] { 1, 1e-3, 1e15 })
        {
            double[] x = [3 * length, -length, 2 * length, length];
            var result = EngineRun.Run(Create(circuit), EngineRun.Cast<T>(x), [], EngineRun.Cast<T>([1, 0]));
            // Norm² 15: (9 + 1 − 4 − 1)/15, and twice (3·(−1) + 2·1)/15.
            EngineRun.AssertClose([5 / 15.0, -2 / 15.0], result.Expectations, Tolerance, "mean");
            // ∂f/∂x_j = 2(±1 − f)x_j/N².
            var gradient = new[] { 2.0 * 3, 2 * -1, -4 * 2, -4 * 1 }.Select(v => v * 2 / 3 / 15 / length).ToArray();
            EngineRun.AssertClose(gradient, result.InputGradients, Tolerance / length, "gradient");
        }
    }

    [Fact]
    public void Amplitudes_ZeroSample_SpoilsItselfAlone()
    {
        var builder = new CircuitBuilder(3).PrepareAmplitudes();
        var circuit = builder.RY(builder.NewWeight(), 0).CNOT(0, 1).RX(builder.NewWeight(), 2).CNOT(1, 2).Build();
        if (!Supports(circuit))
            return;
        var random = new CounterRandom(14, 0);
        var inputs = EngineRun.Cast<T>(RandomCircuit.Numbers(random, 21 * 8, 1));
        var (weights, ones) = (EngineRun.Cast<T>([0.3, 0.4]), EngineRun.Cast<T>(Enumerable.Repeat(1.0, 21 * 3)));
        var engine = Create(circuit);
        var clean = EngineRun.Run(engine, inputs, weights, ones);
        Assert.All(clean.WeightGradients, gradient => Assert.True(T.IsFinite(gradient)));
        inputs.AsSpan(5 * 8, 8).Clear();
        var mixed = EngineRun.Run(engine, inputs, weights, ones);
        Assert.All(mixed.Expectations[15..18], z => Assert.True(T.IsNaN(z)));
        Assert.All(mixed.InputGradients[40..48], gradient => Assert.True(T.IsNaN(gradient)));
        Assert.Equal([.. clean.Expectations[..15], .. clean.Expectations[18..]], [.. mixed.Expectations[..15], .. mixed.Expectations[18..]]);
        Assert.Equal(
            [.. clean.InputGradients[..40], .. clean.InputGradients[48..]],
            [.. mixed.InputGradients[..40], .. mixed.InputGradients[48..]]);
    }

    private static Observable[] Pauli(params string[] texts) => Array.ConvertAll(texts, Observable.Pauli);

    private static void AssertClose(double[] expected, double[] actual) =>
        EngineRun.AssertClose(expected, actual, 5 * Tolerance, "mean");

    /// <summary>The same gates on |0…0⟩ with their angles as constants.</summary>
    private static Circuit WithoutInputs(RandomCircuit random)
    {
        var circuit = random.Circuit;
        return new Circuit(circuit.WireCount, 0, 0, circuit.Operations.Select(operation => new Operation(
            operation.Kind,
            operation.Wires.AsSpan(),
            operation.Angle is { } angle ? Angle.Constant(angle.Evaluate(random.Inputs, random.Weights)) : null)));
    }

    private static Operation Inverse(Operation operation) => operation switch
    {
        { Angle: { } angle } => new(operation.Kind, operation.Wires.AsSpan(), Angle.Constant(-angle.Scale)),
        { Kind: GateKind.S } => new(GateKind.Phase, operation.Wires.AsSpan(), Angle.Constant(-Math.PI / 2)),
        { Kind: GateKind.T } => new(GateKind.Phase, operation.Wires.AsSpan(), Angle.Constant(-Math.PI / 4)),
        { Kind: GateKind.SX } => new(GateKind.RX, operation.Wires.AsSpan(), Angle.Constant(-Math.PI / 2)),
        _ => operation,
    };

    private double[] Expectations(CircuitBuilder builder, Observable[] observables) => Expectations(builder.Build(observables));

    private double[] Expectations(Circuit circuit)
    {
        var engine = Create(circuit);
        var means = new T[engine.OutputCount];
        engine.Forward([], [], means);
        return [.. means.Select(double.CreateTruncating)];
    }
}
