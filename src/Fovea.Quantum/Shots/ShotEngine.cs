using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.Shots;

/// <summary>
/// Expectation values estimated from finitely many measurements: for every sample whole bit strings are drawn from the joint
/// distribution and all observables are read from the same strings, as on a machine. An estimate of ⟨Z⟩ = f has the variance
/// (1 − f²)/shots. The strings depend on the seed, the weights' distribution and the sample's own inputs, not on its place in a batch: samples
/// with equal inputs draw equal strings. Gradients are estimates by the parameter-shift rule, unbiased, from further measurements: each
/// angle of each gate takes two circuits, in controlled rotations four, of as many shots.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ShotEngine<T> : IExpectationEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SliceSize = 256;
    private readonly NoisyCircuit _noisy;
    private readonly ShotOptions _options;
    private OutcomeDistribution? _distribution;
    private double[] _weights = [];
    private double[] _readings = [];
    private int _threads = 1;

    /// <summary>An engine for a circuit that measures sums of Z strings.</summary>
    /// <exception cref="NotSupportedException">
    /// An observable with X or Y, a circuit that <see cref="OutcomeDistribution"/> does not take, or readout errors that mitigation cannot invert.
    /// </exception>
    public ShotEngine(NoisyCircuit noisy, ShotOptions options)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Shots, 1);
        if (noisy.Circuit.Observables.Any(observable => observable.Terms.Any(term => term.Pauli.X != 0)))
            throw new NotSupportedException("finite shots take observables of Z only");
        if (options.MitigateReadout)
            noisy.RequireInvertibleReadout();
        OutcomeDistribution.Require(noisy);
        (_noisy, _options) = (noisy, options);
    }

    /// <inheritdoc/>
    public Circuit Circuit => _noisy.Circuit;

    /// <inheritdoc/>
    public int OutputCount => Circuit.Observables.Length;

    /// <inheritdoc/>
    public int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _threads = value;
        }
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> expectations)
    {
        var batch = BatchShape.Check(Circuit, expectations.Length, nameof(expectations), inputs, weights);
        Update(weights);
        var (x, y) = (new double[inputs.Length], new T[expectations.Length]);
        for (var k = 0; k < x.Length; k++)
            x[k] = double.CreateTruncating(inputs[k]);
        new PieceQueue((_, slice) => RunSlice(x, y, slice * SliceSize, Math.Min(SliceSize, batch - (slice * SliceSize))))
            .Run((batch + SliceSize - 1) / SliceSize, Threads);
        y.CopyTo(expectations);
    }

    /// <inheritdoc/>
    public void VectorJacobianProduct(
        ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, ReadOnlySpan<T> cotangents, Span<T> inputGradients, Span<T> weightGradients)
    {
        var batch = BatchShape.Check(Circuit, cotangents.Length, nameof(cotangents), inputs, weights);
        BatchShape.CheckGradients(inputs.Length, inputGradients.Length, weights.Length, weightGradients.Length);
        inputGradients.Clear();
        weightGradients.Clear();
        var values = new T[cotangents.Length];
        // The measurements of a gradient are not those of the values, nor those of another gate.
        var seeds = new CounterRandom(_options.Seed, 0x5817);
        for (var operation = 0; operation < Circuit.Operations.Length; operation++)
        {
            if (Circuit.Operations[operation].Angle is not { Source: not AngleSource.Constant } angle)
                continue;
            foreach (var (shift, coefficient) in ParameterShift.Rule(Circuit.Operations[operation].Kind))
            {
                var shifted = ShiftedCircuit.Build(_noisy, operation, shift);
                var engine = new ShotEngine<T>(shifted, _options with { Seed = ((ulong)seeds.NextBits() << 32) | seeds.NextBits() }) { Threads = Threads };
                engine.Forward(inputs, weights, values);
                for (var sample = 0; sample < batch; sample++)
                {
                    var sum = T.Zero;
                    for (var output = sample * OutputCount; output < (sample + 1) * OutputCount; output++)
                        sum += cotangents[output] * values[output];
                    var first = sample * Circuit.InputCount;
                    angle.AddGradient(
                        T.CreateTruncating(coefficient * angle.Scale) * sum,
                        inputs.Slice(first, Circuit.InputCount),
                        inputGradients.Slice(first, Circuit.InputCount),
                        weightGradients);
                }
            }
        }
    }

    private void Update(ReadOnlySpan<T> weights)
    {
        var current = new double[weights.Length];
        for (var k = 0; k < current.Length; k++)
            current[k] = double.CreateTruncating(weights[k]);
        if (_distribution is not null && current.AsSpan().SequenceEqual(_weights))
            return;
        _distribution = new OutcomeDistribution(_noisy, current, Threads);
        _weights = current;
        _readings = Readings(_distribution);
    }

    private void RunSlice(double[] x, T[] y, int first, int count)
    {
        var (distribution, width) = (_distribution!, Circuit.InputCount);
        var probabilities = new float[count * distribution.OutcomeCount];
        distribution.Evaluate(x.AsSpan(first * width, count * width), probabilities);
        var (counts, starts) = (new int[distribution.OutcomeCount], new int[distribution.OutcomeCount]);
        for (var sample = 0; sample < count; sample++)
        {
            Draw(probabilities.AsSpan(sample * counts.Length, counts.Length), x.AsSpan((first + sample) * width, width), starts, counts);
            for (var output = 0; output < OutputCount; output++)
            {
                var sum = 0.0;
                for (var outcome = 0; outcome < counts.Length; outcome++)
                    sum += counts[outcome] * _readings[(output * counts.Length) + outcome];
                y[((first + sample) * OutputCount) + output] = T.CreateTruncating(sum / _options.Shots);
            }
        }
    }

    /// <summary>Counts of the outcomes of all shots. The table of starts says of each part of [0, 1) from which outcome on to look.</summary>
    private void Draw(Span<float> probabilities, ReadOnlySpan<double> inputs, Span<int> starts, Span<int> counts)
    {
        var total = 0f;
        foreach (ref var probability in probabilities)
            probability = total += Math.Max(probability, 0);
        var outcome = 0;
        for (var part = 0; part < starts.Length; part++)
        {
            while (outcome < counts.Length - 1 && probabilities[outcome] <= (double)part / starts.Length * total)
                outcome++;
            starts[part] = outcome;
        }

        counts.Clear();
        var random = new CounterRandom(_options.Seed, StableHash.Of(inputs));
        for (var shot = 0; shot < _options.Shots; shot++)
        {
            var number = random.NextDouble();
            var place = number * total;
            outcome = starts[(int)(number * starts.Length)];
            while (outcome < counts.Length - 1 && probabilities[outcome] <= place)
                outcome++;
            counts[outcome]++;
        }
    }

    /// <summary>[output][outcome]: what an outcome adds to an observable.</summary>
    private double[] Readings(OutcomeDistribution distribution)
    {
        var readings = new double[OutputCount * distribution.OutcomeCount];
        for (var output = 0; output < OutputCount; output++)
        {
            for (var outcome = 0; outcome < distribution.OutcomeCount; outcome++)
            {
                readings[(output * distribution.OutcomeCount) + outcome] = Circuit.Observables[output].Terms.Sum(term =>
                    term.Coefficient * _noisy.Reading(term.Pauli.Z, Bits(outcome, distribution), _options.MitigateReadout));
            }
        }

        return readings;
    }

    /// <summary>The bit string, wire w in bit w, of an outcome of the wires that are measured.</summary>
    private static ulong Bits(int outcome, OutcomeDistribution distribution)
    {
        var bits = 0UL;
        for (var k = 0; k < distribution.Wires.Length; k++)
            bits |= ((ulong)outcome >> k & 1) << distribution.Wires[k];
        return bits;
    }
}

/// <summary>How expectation values are estimated from measurements.</summary>
/// <param name="Shots">Measurements of the whole circuit for every sample, at least 1.</param>
/// <param name="Seed">Seed of the outcomes.</param>
/// <param name="MitigateReadout">
/// Whether each wire's known confusion is inverted: unbiased, with a variance that grows by 1/contrast² a wire.
/// </param>
public sealed record ShotOptions(int Shots, ulong Seed = 0, bool MitigateReadout = false);

/// <summary>
/// A noisy circuit with one angle shifted, which is what a machine can run in place of a derivative: R(θ + s) = R(θ)·R(s), so a gate of
/// the constant angle s goes in beside the gate, ahead of the gate's noise and without noise of its own.
/// </summary>
internal static class ShiftedCircuit
{
    /// <summary>The circuit with the angle of one gate shifted.</summary>
    /// <param name="noisy">The circuit.</param>
    /// <param name="operation">Index of a gate with an angle.</param>
    /// <param name="shift">s in radians.</param>
    public static NoisyCircuit Build(NoisyCircuit noisy, int operation, double shift)
    {
        var circuit = noisy.Circuit;
        var gate = circuit.Operations[operation];
        var operations = circuit.Operations.Insert(operation + 1, new Operation(gate.Kind, gate.Wires.AsSpan(), Angle.Constant(shift)));
        var channels = noisy.Channels.Select(channel => channel.Position > operation ? channel with { Position = channel.Position + 1 } : channel);
        return new NoisyCircuit(
            new Circuit(
                circuit.WireCount, circuit.InputCount, circuit.WeightCount, operations, circuit.Observables,
                circuit.Preparation),
            channels, noisy.Readout);
    }
}
