using System.Collections.Immutable;
using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.Engines;

/// <summary>
/// Noisy expectation values by Monte Carlo over state vectors: for circuits that no exact way takes, at 2ⁿ numbers a trajectory instead
/// of 4ⁿ. Trajectory k of a seed is the same whatever the number of trajectories or threads.
/// </summary>
public sealed class TrajectorySimulator
{
    private readonly NoisyCircuit _noisy;
    private readonly NoisyStep[] _steps;
    private readonly Observable[] _observables;

    /// <summary>A simulator for one circuit of at most <see cref="StateVectorMemory.MaxWires"/> wires.</summary>
    public TrajectorySimulator(NoisyCircuit noisy)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        StateVectorMemory.CheckWires(noisy.Circuit);
        (_noisy, _steps) = (noisy, [.. noisy.Steps]);
        _observables = [.. noisy.Circuit.Observables.Select(observable => ReadoutPullBack.Apply(observable, noisy.Readout))];
    }

    /// <summary>Estimates the circuit's observables, readout errors included exactly.</summary>
    /// <param name="inputs">[InputCount] of one sample.</param>
    /// <param name="weights">[WeightCount].</param>
    /// <param name="trajectories">At least 2.</param>
    /// <param name="seed">Seed of the trajectories.</param>
    /// <param name="threads">Most threads, at least 1.</param>
    public TrajectoryEstimate Estimate(
        ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, int trajectories, ulong seed, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trajectories, 2);
        var values = new double[trajectories, _observables.Length];
        Run(inputs, weights, trajectories, seed, threads, (k, state, _) =>
        {
            for (var output = 0; output < _observables.Length; output++)
                values[k, output] = _observables[output].Terms.Sum(term => term.Coefficient * state.Expectation(term.Pauli));
        });
        var (means, errors) = (new double[_observables.Length], new double[_observables.Length]);
        for (var output = 0; output < means.Length; output++)
        {
            var column = Enumerable.Range(0, trajectories).Select(k => values[k, output]).ToArray();
            means[output] = column.Average();
            errors[output] = Math.Sqrt(column.Sum(v => (v - means[output]) * (v - means[output])) / (trajectories - 1.0) / trajectories);
        }

        return new([.. means], [.. errors], trajectories);
    }

    /// <summary>Measures all wires once a trajectory, readout errors included; bit q of a result is wire q's.</summary>
    /// <param name="inputs">[InputCount] of one sample.</param>
    /// <param name="weights">[WeightCount].</param>
    /// <param name="shots">How many.</param>
    /// <param name="seed">Seed of the shots.</param>
    /// <param name="threads">Most threads, at least 1.</param>
    public ulong[] Measure(ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, int shots, ulong seed, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shots, 1);
        var bits = new ulong[shots];
        Run(inputs, weights, shots, seed, threads, (k, state, random) => bits[k] = _noisy.Misread(state.Measure(random), random));
        return bits;
    }

    private void Run(
        ReadOnlySpan<double> inputs,
        ReadOnlySpan<double> weights,
        int trajectories,
        ulong seed,
        int threads,
        Action<int, TrajectoryState, CounterRandom> finish)
    {
        var circuit = _noisy.Circuit;
        var matrices = new Complex[circuit.Operations.Length][,];
        for (var k = 0; k < matrices.Length; k++)
            matrices[k] = GateMatrix.Of(circuit.Operations[k].Kind, circuit.Operations[k].Angle?.Evaluate(inputs, weights) ?? 0);
        var amplitudes = circuit.Preparation == StatePreparation.Amplitudes ? inputs[..(1 << circuit.WireCount)].ToArray() : [];
        var states = new TrajectoryState?[PieceQueue.Workers(trajectories, threads)];
        new PieceQueue((worker, k) =>
        {
            var state = states[worker] ??= new TrajectoryState(circuit.WireCount);
            var random = new CounterRandom(seed, (ulong)k);
            state.Reset(amplitudes);
            Evolve(state, matrices, random);
            finish(k, state, random);
        }).Run(trajectories, threads);
    }

    private void Evolve(TrajectoryState state, Complex[][,] matrices, CounterRandom random)
    {
        foreach (var (channel, position) in _steps)
        {
            if (channel is not null) state.Apply(channel.Channel, channel.Wires.AsSpan(), random);
            else state.Apply(matrices[position], _noisy.Circuit.Operations[position].Wires.AsSpan());
        }
    }
}

/// <summary>Expectation values estimated from trajectories.</summary>
/// <param name="Means">[output].</param>
/// <param name="StandardErrors">[output]: standard deviation of the mean, from the spread of the trajectories.</param>
/// <param name="Trajectories">How many.</param>
public sealed record TrajectoryEstimate(ImmutableArray<double> Means, ImmutableArray<double> StandardErrors, int Trajectories);
