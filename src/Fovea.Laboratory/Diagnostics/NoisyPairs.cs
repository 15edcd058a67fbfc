using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;
using Fovea.Quantum.Noise;

namespace Fovea.Laboratory.Diagnostics;

/// <summary>The ideal and several noisy runs of a circuit at each random draw of its inputs and parameters.</summary>
internal sealed class NoisyPairs
{
    // At least two, so that the squared error can be had without the spread of the trajectories in it; more where errors are rare, so that a
    // draw sees some. More than the most would take longer than it tells.
    private const int FewestTrajectories = 16;
    private const int MostTrajectories = 128;
    private const double ErrorsADraw = 8;

    private readonly NoisyCircuit _noisy;
    private readonly EnsembleProgram _program;
    private readonly ParameterDraws _draws;
    private readonly ulong _seed;
    private readonly int[] _wires;
    private readonly EnsembleState _ideal;
    private readonly EnsembleState _state;

    public NoisyPairs(NoisyCircuit noisy, ulong seed)
    {
        (_noisy, _seed) = (noisy, seed);
        _program = new EnsembleProgram(noisy);
        _draws = new ParameterDraws(noisy.Circuit, seed);
        _wires = [.. noisy.Circuit.Observables.Select(WireOf)];
        (_ideal, _state) = (new(noisy.Circuit.WireCount), new(noisy.Circuit.WireCount));
        Trajectories = (int)Math.Clamp(Math.Ceiling(ErrorsADraw / ErrorsOf(noisy)), FewestTrajectories, MostTrajectories);
    }

    /// <summary>Trajectories a draw.</summary>
    public int Trajectories { get; }

    /// <summary>Adds <see cref="EnsembleState.Lanes"/> draws to a tally.</summary>
    public void Draw(int first, ResilienceTally tally)
    {
        const int Lanes = EnsembleState.Lanes;
        var circuit = _noisy.Circuit;
        var (inputs, weights) = (new double[Lanes * circuit.InputCount], new double[Lanes * circuit.WeightCount]);
        _draws.Fill(first, Lanes, inputs, weights);
        _program.Run(_ideal, inputs, weights);
        var expected = Read(_ideal, withErrors: false);
        var errors = new double[Trajectories][];
        var fidelities = new double[Trajectories * Lanes];
        for (var trajectory = 0; trajectory < Trajectories; trajectory++)
        {
            // Streams of their own: those of the draws begin at 0 under the seed itself.
            var luck = Enumerable.Range(first, Lanes).Select(draw => new CounterRandom(~_seed, ((ulong)draw * MostTrajectories) + (ulong)trajectory)).ToArray();
            _program.Run(_state, inputs, weights, luck);
            errors[trajectory] = [.. Read(_state, withErrors: true).Zip(expected, (noisy, ideal) => noisy - ideal)];
            _state.Fidelity(_ideal, fidelities.AsSpan(trajectory * Lanes, Lanes));
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            tally.Add(
                Column(expected, lane), [.. errors.Select(error => Column(error, lane))], Enumerable.Range(0, Trajectories)
                    .Average(t => fidelities[(t * Lanes) + lane]));
        }
    }

    /// <summary>How many errors a run has in the mean, about: the process infidelities of all channels.</summary>
    private static double ErrorsOf(NoisyCircuit noisy) => noisy.Channels.Sum(insertion =>
    {
        var d = 1 << insertion.Channel.WireCount;
        return (1 - insertion.Channel.AverageFidelity) * (d + 1) / d;
    });

    private static double[] Column(double[] values, int lane) =>
        [.. Enumerable.Range(0, values.Length / EnsembleState.Lanes).Select(output => values[(output * EnsembleState.Lanes) + lane])];

    /// <summary>[output, lane].</summary>
    private double[] Read(EnsembleState state, bool withErrors)
    {
        var all = new double[state.WireCount * EnsembleState.Lanes];
        state.Expectations(all);
        var values = new double[_wires.Length * EnsembleState.Lanes];
        for (var k = 0; k < values.Length; k++)
        {
            var wire = _wires[k / EnsembleState.Lanes];
            var value = all[(wire * EnsembleState.Lanes) + (k % EnsembleState.Lanes)];
            values[k] = withErrors ? (_noisy.Readout[wire].Contrast * value) + _noisy.Readout[wire].Offset : value;
        }

        return values;
    }

    private static int WireOf(Observable observable) => observable.Terms is [{ Coefficient: 1, Pauli: { X: 0 } pauli }] && BitOperations.PopCount(pauli.Z) == 1
        ? BitOperations.TrailingZeroCount(pauli.Z)
        : throw new NotSupportedException($"resilience is measured on Z of single wires, not on {observable}");
}

/// <summary>
/// A depolarizing channel behind every gate of the logical circuit, on the gate's wires: noise without a device, so without native gates, SWAPs
/// or waiting. p is the total probability of an error (<see cref="Channels.DepolarizingByError"/>).
/// </summary>
/// <param name="OneQubit">p behind a gate on one wire.</param>
/// <param name="TwoQubit">p behind a gate on two wires.</param>
public sealed record DepolarizingNoise(double OneQubit = 3e-4, double TwoQubit = 8e-3)
{
    /// <summary>The name in results.</summary>
    public const string Name = "depolarizing";

    /// <summary>The circuit with the noise in it.</summary>
    public NoisyCircuit On(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return new(
            circuit, circuit.Operations.SelectMany((operation, position) => ChannelInsertion.Depolarizing(position + 1, operation.Wires, OneQubit, TwoQubit)));
    }
}
