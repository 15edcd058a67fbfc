using CsCheck;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Engines.Ensembles;
using Fovea.Quantum.Noise;
using Fovea.Tests.Quantum.Noise;

namespace Fovea.Tests.Quantum.Engines;

public sealed class EnsembleProgramTests
{
    private const int Lanes = EnsembleState.Lanes;

    // Both sides are double precision; a few dozen gates of rounding each.
    private const double Tolerance = 1e-11;

    // Five standard errors, as estimated from the trajectories themselves.
    private const double StandardErrors = 5;

    [Fact]
    public void Run_RandomCircuits_GivesTheReferenceStateInEveryLane() => RandomCircuit.Generator
        .Where(problem => problem.Circuit.Preparation == StatePreparation.Zero)
        .Sample(
            problem =>
            {
                var circuit = problem.Circuit;
                var random = new CounterRandom(3, 0);
                var inputs = RandomCircuit.Numbers(random, Lanes * circuit.InputCount, 4);
                var weights = RandomCircuit.Numbers(random, Lanes * circuit.WeightCount, 4);
                var state = new EnsembleState(circuit.WireCount);
                new EnsembleProgram(circuit).Run(state, inputs, weights);
                var z = new double[circuit.WireCount * Lanes];
                state.Expectations(z);
                for (var lane = 0; lane < Lanes; lane++)
                {
                    AssertLane(
                        circuit,
                        inputs.AsSpan(lane * circuit.InputCount, circuit.InputCount),
                        weights.AsSpan(lane * circuit.WeightCount, circuit.WeightCount),
                        state, z, lane);
                }
            },
            iter: 200);

    [Fact]
    public void Run_RandomNoise_AveragesToTheDensityMatrix()
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var noisy = WithoutPairs(RandomNoise.Create(1 + ((int)seed % 4), 10, seed, inputsFirst: false).Noisy);
            var circuit = noisy.Circuit;
            var random = new CounterRandom(seed, 0);
            var (x, w) = (RandomCircuit.Numbers(random, circuit.InputCount, 3), RandomCircuit.Numbers(random, circuit.WeightCount, 3));
            var expected = new double[circuit.WireCount];
            new DensityMatrixEngine(noisy).Forward(x, w, expected);
            var (mean, error) = Trajectories(noisy, x, w, seed, 2000);
            for (var wire = 0; wire < expected.Length; wire++)
            {
                Assert.True(
                    Math.Abs(expected[wire] - mean[wire]) <= (StandardErrors * error[wire]) + Tolerance,
                    $"seed {seed}, wire {wire}: {mean[wire]} ± {error[wire]}, exact {expected[wire]}");
            }
        }
    }

    [Fact]
    public void Run_NoLuck_LeavesNoiseOut()
    {
        var circuit = new CircuitBuilder(2).H(0).CNOT(0, 1).Build();
        var program = new EnsembleProgram(new NoisyCircuit(circuit, [new(2, Channels.AmplitudeDamping(0.5), [0])]));
        var (ideal, noisy) = (new EnsembleState(2), new EnsembleState(2));
        program.Run(ideal, [], []);
        program.Run(noisy, [], [], Luck(1, 0));
        Span<double> fidelity = stackalloc double[Lanes];
        noisy.Fidelity(ideal, fidelity);
        Assert.Equal(Math.Sqrt(0.5), ideal.Amplitude(3, 0).Real, Tolerance);
        Assert.All(fidelity.ToArray(), value => Assert.InRange(value, 0, 0.99));
    }

    [Fact]
    public void Purity_BellPair_IsHalf()
    {
        var state = new EnsembleState(2);
        new EnsembleProgram(new CircuitBuilder(2).H(0).CNOT(0, 1).Build()).Run(state, [], []);
        Span<double> purity = stackalloc double[Lanes];
        state.Purity(1, purity);
        Assert.All(purity.ToArray(), value => Assert.Equal(0.5, value, Tolerance));
    }

    [Fact]
    public void Constructor_ChannelsAndPreparationsItCannotRun_AreRefused()
    {
        var circuit = new CircuitBuilder(2).CNOT(0, 1).Build();
        Assert.Throws<NotSupportedException>(() => new EnsembleProgram(new NoisyCircuit(circuit, [new(1, Channels.OverRotation("ZX", 0.1), [0, 1])])));
        Assert.Throws<NotSupportedException>(() => new EnsembleProgram(new CircuitBuilder(2).PrepareAmplitudes().Build()));
    }

    [Fact]
    public void Run_LengthsThatDoNotFit_AreRefused()
    {
        var program = new EnsembleProgram(new CircuitBuilder(1).RY(Angle.Weight(0), 0).Build());
        Assert.Throws<ArgumentException>(() => program.Run(new EnsembleState(2), [], new double[Lanes]));
        Assert.Throws<ArgumentException>(() => program.Run(new EnsembleState(1), [], new double[1]));
        Assert.Throws<ArgumentException>(() => program.Run(new EnsembleState(1), new double[1], new double[Lanes]));
        Assert.Throws<ArgumentException>(() => program.Run(new EnsembleState(1), [], new double[Lanes], [new CounterRandom(1, 1)]));
    }

    private static void AssertLane(Circuit circuit, ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, EnsembleState state, double[] z, int lane)
    {
        var reference = new ReferenceState(circuit.WireCount);
        foreach (var operation in circuit.Operations)
            reference.Apply(operation, operation.Angle?.Evaluate(inputs, weights) ?? 0);
        for (var wire = 0; wire < circuit.WireCount; wire++)
            Assert.Equal(reference.Expectation(Observable.Z(wire)), z[(wire * Lanes) + lane], Tolerance);
        for (var index = 0; index < 1 << circuit.WireCount; index++)
            Assert.True((reference.Amplitudes[index] - state.Amplitude(index, lane)).Magnitude < Tolerance, $"amplitude {index} of lane {lane}");
    }

    /// <summary>The same noise with channels on two wires replaced by depolarizing ones, and Z on every wire measured perfectly.</summary>
    private static NoisyCircuit WithoutPairs(NoisyCircuit noisy)
    {
        var circuit = new Circuit(noisy.Circuit.WireCount, noisy.Circuit.InputCount, noisy.Circuit.WeightCount, noisy.Circuit.Operations);
        return new(circuit, noisy.Channels.Select(insertion => insertion.Wires.Length == 1
            ? insertion
            : insertion with { Channel = Channels.DepolarizingByError(0.2, wires: 2) }));
    }

    private static (double[] Mean, double[] Error) Trajectories(NoisyCircuit noisy, double[] x, double[] w, ulong seed, int count)
    {
        var (program, state) = (new EnsembleProgram(noisy), new EnsembleState(noisy.Circuit.WireCount));
        double[] inputs = [.. Enumerable.Repeat(x, Lanes).SelectMany(values => values)];
        double[] weights = [.. Enumerable.Repeat(w, Lanes).SelectMany(values => values)];
        var columns = Enumerable.Range(0, state.WireCount).Select(_ => new List<double>()).ToArray();
        var z = new double[state.WireCount * Lanes];
        for (var first = 0; first < count; first += Lanes)
        {
            program.Run(state, inputs, weights, Luck(seed, first));
            state.Expectations(z);
            for (var k = 0; k < z.Length; k++)
                columns[k / Lanes].Add(z[k]);
        }

        var means = columns.Select(column => column.Average()).ToArray();
        var errors = columns.Select((column, wire) => Math.Sqrt(column.Sum(value => Math.Pow(value - means[wire], 2)) / (count - 1.0) / count)).ToArray();
        return (means, errors);
    }

    private static CounterRandom[] Luck(ulong seed, int first) => [.. Enumerable.Range(first, Lanes).Select(k => new CounterRandom(seed, (ulong)k))];
}
