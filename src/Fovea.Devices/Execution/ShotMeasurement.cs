using System.Globalization;
using System.Runtime.InteropServices;
using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.Shots;

namespace Fovea.Devices.Execution;

/// <summary>Measures a circuit a finite number of times; all observables are read from the same bit strings.</summary>
/// <param name="noisy">The circuit with its noise, readout errors included; every angle a constant.</param>
/// <param name="request">How it is run, with shots.</param>
/// <param name="seed">Seed of the outcomes.</param>
internal sealed class ShotMeasurement(NoisyCircuit noisy, CircuitRunRequest request, ulong seed)
{
    private readonly int _shots = request.Options.Shots!.Value;

    private string Shots => string.Create(CultureInfo.InvariantCulture, $"{_shots:N0} shot{(_shots == 1 ? "" : "s")}");

    public RunEstimate Run()
    {
        if (noisy.Circuit.Observables.FirstOrDefault(o => o.Terms.Any(term => term.Pauli.X != 0)) is { } other)
            throw new InputException($"observable {other} is not measured in the computational basis; shots take sums of Z strings, like Z0*Z3");
        var (outcomes, method) = request.Method switch
        {
            SimulationMethod.DensityMatrix => FromDensityMatrix(),
            SimulationMethod.Trajectories => FromTrajectories("as asked"),
            _ => FromDistribution(),
        };
        return new ShotReadings(noisy, request.Options.Mitigation == Mitigation.Readout).Estimate(outcomes, method);
    }

    private (Dictionary<ulong, int> Outcomes, string Method) FromDistribution()
    {
        try
        {
            var distribution = new OutcomeDistribution(noisy, [], request.Threads);
            var probabilities = new float[distribution.OutcomeCount];
            distribution.Evaluate([], probabilities);
            ulong Mask(int outcome) => distribution.Wires.Select((wire, k) => (ulong)(outcome >> k & 1) << wire).Aggregate(0UL, (mask, bit) => mask | bit);
            var random = new CounterRandom(seed, 0);
            return (Count(Draw(probabilities, random).Select(Mask)), $"{Shots} drawn from the exact distribution of bit strings");
        }
        catch (NotSupportedException e) when (request.Method is null)
        {
            return FromTrajectories(e.Message);
        }
        catch (NotSupportedException e)
        {
            throw new InputException($"{e.Message}; trajectories take it", e);
        }
    }

    private (Dictionary<ulong, int> Outcomes, string Method) FromDensityMatrix()
    {
        var wires = noisy.Circuit.WireCount;
        if (wires > DensityMatrix.MaxWires)
        {
            throw new InputException(
                $"density matrices take at most {DensityMatrix.MaxWires} wires, not {wires}; trajectories take {StateVectorMemory.MaxWires}");
        }

        var probabilities = new DensityMatrixEngine(noisy).Run([], []).Probabilities();
        var random = new CounterRandom(seed, 0);
        // Wire 0 is the most significant bit of an index.
        ulong Mask(int index) => Enumerable.Range(0, wires).Aggregate(0UL, (mask, wire) => mask | ((ulong)(index >> (wires - 1 - wire) & 1) << wire));
        return (Count(Draw(probabilities, random).Select(index => noisy.Misread(Mask(index), random))), $"{Shots} drawn from a density matrix: as asked");
    }

    private (Dictionary<ulong, int> Outcomes, string Method) FromTrajectories(string reason)
    {
        MethodChoice.RequireStateVector(noisy.Circuit.WireCount);
        return (Count(new TrajectorySimulator(noisy).Measure([], [], _shots, seed, request.Threads)), $"{Shots}, a trajectory each: {reason}");
    }

    private IEnumerable<int> Draw<T>(IReadOnlyList<T> probabilities, CounterRandom random)
        where T : System.Numerics.INumber<T>
    {
        var cumulated = new double[probabilities.Count];
        var total = 0.0;
        for (var k = 0; k < cumulated.Length; k++)
            cumulated[k] = total += Math.Max(double.CreateTruncating(probabilities[k]), 0);
        for (var shot = 0; shot < _shots; shot++)
        {
            var at = Array.BinarySearch(cumulated, random.NextDouble() * total);
            yield return Math.Min(at < 0 ? ~at : at + 1, cumulated.Length - 1);
        }
    }

    private static Dictionary<ulong, int> Count(IEnumerable<ulong> outcomes)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var outcome in outcomes)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, outcome, out _)++;
        return counts;
    }
}

/// <summary>Reads observables from measured bit strings.</summary>
/// <param name="noisy">The circuit; bit w of an outcome is its wire w's.</param>
/// <param name="mitigates">Whether each wire's ±1 becomes (±1 − offset)/contrast, which undoes the known readout errors on average.</param>
internal sealed class ShotReadings(NoisyCircuit noisy, bool mitigates)
{
    /// <summary>
    /// Means over the shots, and standard errors √(variance/N): for an unmitigated ±1 observable √((1 − f²)/N). One shot says nothing of
    /// its error, which is NaN.
    /// </summary>
    public RunEstimate Estimate(Dictionary<ulong, int> outcomes, string method)
    {
        double shots = outcomes.Values.Sum();
        var observables = noisy.Circuit.Observables;
        var (values, errors) = (new double[observables.Length], new double[observables.Length]);
        for (var output = 0; output < values.Length; output++)
        {
            var readings = outcomes.Select(outcome => (Value: Read(observables[output], outcome.Key), Share: outcome.Value / shots)).ToList();
            var mean = readings.Sum(reading => reading.Value * reading.Share);
            values[output] = mean;
            var variance = readings.Sum(reading => (reading.Value - mean) * (reading.Value - mean) * reading.Share);
            errors[output] = shots > 1 ? Math.Sqrt(variance / shots) : double.NaN;
        }

        return new(values, errors, method, outcomes);
    }

    private double Read(Observable observable, ulong bits) => observable.Terms.Sum(term => term.Coefficient * noisy.Reading(term.Pauli.Z, bits, mitigates));
}
