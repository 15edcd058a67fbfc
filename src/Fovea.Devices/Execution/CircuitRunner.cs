using System.Collections.Immutable;
using Fovea.Core.Errors;
using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Devices.Execution;

/// <summary>Runs one circuit with known angles: ideal or on a device, exactly, by trajectories or by shots.</summary>
/// <param name="circuit">A circuit without inputs and weights; see <see cref="CircuitBinding"/>.</param>
/// <param name="request">How it is run.</param>
public sealed class CircuitRunner(Circuit circuit, CircuitRunRequest request)
{
    private const int SeedsApart = 1000;

    /// <summary>Runs it.</summary>
    /// <exception cref="InputException">A setting breaks a rule, the device can't run the circuit, or no method takes it; one line.</exception>
    public CircuitRunResult Run()
    {
        request.Validate();
        if (circuit.InputCount + circuit.WeightCount > 0)
            throw new InputException($"the circuit has {circuit.InputCount} inputs and {circuit.WeightCount} weights left open; bind them first");
        if (MeasurementGroup.IsNeeded(circuit) && (request.Profile is not null || request.Plain is not null || request.Options.Shots is not null))
            return RunGroups();
        var extrapolates = request.Options.Mitigation == Mitigation.ZeroNoise && request.Profile is not null;
        int[] folds = extrapolates ? DeviceBackend.Folds : [1];
        double[] coefficients = extrapolates ? ZeroNoiseExtrapolation.Richardson([.. folds.Select(fold => (double)fold)]) : [1];
        var compiled = request.Profile is { } profile
            ? Compile(new DeviceBackend(profile, request.Options), folds)
            : [];
        var estimates = folds.Select((fold, k) => Estimate(
            compiled.Length > 0 ? compiled[k].Noisy : request.Plain?.On(circuit, request.QuietGates) ?? new NoisyCircuit(circuit, []),
            fold))
            .ToArray();
        return new()
        {
            Values = Combine(estimates.Select(estimate => estimate.Values), coefficients),
            StandardErrors = [.. Combine(estimates.Select(estimate => Squares(estimate.Errors)), Squares(coefficients)).Select(Math.Sqrt)],
            Method = estimates[0].Method + (extrapolates ? $"; extrapolated to zero noise from {folds.Length} foldings" : ""),
            Inserted = [.. compiled.Select((one, k) => extrapolates ? $"Folding {folds[k]}: {one.Report.Describe()}" : one.Report.Describe())],
            Counts = estimates[0].Outcomes is { } outcomes ? OutcomeCounts.Of(outcomes, MeasuredWires(), Places(compiled)) : null,
        };
    }

    /// <summary>A run for each setting of the measurement; a sum's parts from different settings are independent.</summary>
    private CircuitRunResult RunGroups()
    {
        var groups = MeasurementGroup.Group(circuit);
        var (values, squares) = (new double[circuit.Observables.Length], new double[circuit.Observables.Length]);
        var results = groups.Select((group, k) =>
        {
            var options = request.Options with { Seed = request.Options.Seed + (ulong)(k * SeedsApart) };
            return new CircuitRunner(group.Circuit, request with { Options = options, QuietGates = group.Rotations }).Run();
        }).ToArray();
        foreach (var (group, result) in groups.Zip(results))
        {
            for (var part = 0; part < group.Outputs.Length; part++)
            {
                values[group.Outputs[part]] += result.Values[part];
                if (!result.StandardErrors.IsEmpty)
                    squares[group.Outputs[part]] += result.StandardErrors[part] * result.StandardErrors[part];
            }
        }

        var settings = string.Join(", ", groups.Select(group => group.Basis));
        return new()
        {
            Values = [.. values],
            StandardErrors = results[0].StandardErrors.IsEmpty ? [] : [.. squares.Select(Math.Sqrt)],
            Method = $"{results[0].Method}; {(groups.Count == 1 ? "in the setting" : $"in each of {groups.Count} settings:")} {settings}",
            Inserted = results[0].Inserted,
        };
    }

    private CompiledCircuit[] Compile(DeviceBackend device, int[] folds)
    {
        try
        {
            return [.. folds.Select(fold => device.Compile(circuit, fold))];
        }
        catch (NotSupportedException e)
        {
            throw new InputException($"device {device.Profile.Name}: {e.Message}", e);
        }
    }

    private RunEstimate Estimate(NoisyCircuit noisy, int fold)
    {
        var seed = request.Options.Seed + (ulong)(fold - 1);
        NoisyCircuit inverted;
        try
        {
            // The inverse of a known confusion takes exact values back to those of a perfect readout.
            inverted = request.Options.Mitigation == Mitigation.Readout ? noisy.WithReadoutInverted() : noisy;
        }
        catch (NotSupportedException e)
        {
            throw new InputException(e.Message, e);
        }

        return request.Options.Shots is null ? new MethodChoice(inverted, request, seed).Run() : new ShotMeasurement(noisy, request, seed).Run();
    }

    private ImmutableArray<int> MeasuredWires()
    {
        var support = circuit.Observables.Aggregate(0UL, (mask, observable) => mask | observable.Support);
        return [.. Enumerable.Range(0, circuit.WireCount).Where(wire => (support >> wire & 1) != 0)];
    }

    private ImmutableArray<int> Places(CompiledCircuit[] compiled) =>
        compiled.Length > 0 ? compiled[0].FinalWires : [.. Enumerable.Range(0, circuit.WireCount)];

    private static double[] Squares(IEnumerable<double> values) => [.. values.Select(value => value * value)];

    private static ImmutableArray<double> Combine(IEnumerable<double[]> columns, double[] coefficients)
    {
        var parts = columns.ToList();
        return [.. Enumerable.Range(0, parts[0].Length).Select(output => parts.Select((part, k) => coefficients[k] * part[output]).Sum())];
    }
}

/// <summary>How <see cref="CircuitRunner"/> runs a circuit.</summary>
public sealed record CircuitRunRequest
{
    /// <summary>Trajectories when their number is not given.</summary>
    public const int DefaultTrajectories = 1000;

    private const int MaxTrajectories = 10_000_000;

    /// <summary>The device, or null for an ideal circuit.</summary>
    public DeviceProfile? Profile { get; init; }

    /// <summary>Noise behind the circuit's own gates, without a device; null for none. Not together with <see cref="Profile"/>.</summary>
    public PlainNoise? Plain { get; init; }

    /// <summary>Gates at the circuit's end that belong to the measurement and have no plain noise.</summary>
    internal int QuietGates { get; init; }

    /// <summary>Noise, shots, seed and mitigation.</summary>
    public ExecutionOptions Options { get; init; } = new();

    /// <summary>Null for the first that takes the circuit: exact, density matrix, trajectories.</summary>
    public SimulationMethod? Method { get; init; }

    /// <summary>Trajectories of an estimate, or null for <see cref="DefaultTrajectories"/>. Shots are a trajectory each.</summary>
    public int? Trajectories { get; init; }

    /// <summary>Most threads, at least 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Throws <see cref="InputException"/> for the first setting that breaks a rule.</summary>
    public void Validate()
    {
        Options.Validate();
        if (Plain is not null && Profile is not null)
            throw new InputException("plain noise and a device do not go together");
        if (Plain is not null && Options.Mitigation == Mitigation.ZeroNoise)
            throw new InputException("the extrapolation to zero noise folds a device's gates; with plain noise allowed: none, readout");
        if (Profile is null && Plain is null && Options.Mitigation == Mitigation.ZeroNoise)
            throw new InputException("the extrapolation to zero noise needs a device, whose gates it folds; without one allowed: none");
        if (Trajectories is < 2 or > MaxTrajectories)
            throw new InputException($"trajectories = {Trajectories} is not allowed; allowed: 2 to {MaxTrajectories}");
        if (Trajectories is null)
            return;
        if (Options.Shots is not null)
            throw new InputException("trajectories and shots do not go together: every shot is a trajectory of its own");
        if (Method is SimulationMethod.Exact or SimulationMethod.DensityMatrix)
            throw new InputException("a number of trajectories needs the method trajectories");
    }
}

/// <summary>What running a circuit gave.</summary>
public sealed record CircuitRunResult
{
    /// <summary>[output], expectation values.</summary>
    public required ImmutableArray<double> Values { get; init; }

    /// <summary>[output], standard errors of the values; empty where they are exact, NaN of a single shot.</summary>
    public required ImmutableArray<double> StandardErrors { get; init; }

    /// <summary>How it was computed, and why so.</summary>
    public required string Method { get; init; }

    /// <summary>What compilation inserted, a line for each compiled circuit; empty without a device.</summary>
    public required ImmutableArray<string> Inserted { get; init; }

    /// <summary>The bit strings of the shots, before any mitigation; null without shots.</summary>
    public OutcomeCounts? Counts { get; init; }
}

/// <summary>Expectation values of one circuit at one level of noise.</summary>
/// <param name="Values">[output].</param>
/// <param name="Errors">[output], standard errors; empty where values are exact.</param>
/// <param name="Method">How it was computed, and why so.</param>
/// <param name="Outcomes">Measured bit masks with their counts; null without shots.</param>
internal sealed record RunEstimate(double[] Values, double[] Errors, string Method, IReadOnlyDictionary<ulong, int>? Outcomes = null);

/// <summary>How often each bit string was measured.</summary>
/// <param name="Wires">The measured wires, those that observables look at, in rising order.</param>
/// <param name="Counts">Most frequent first; letter k of a bit string belongs to <paramref name="Wires"/>[k].</param>
public sealed record OutcomeCounts(ImmutableArray<int> Wires, ImmutableArray<(string Bits, int Count)> Counts)
{
    /// <summary>Measurements in all.</summary>
    public int Shots => Counts.Sum(outcome => outcome.Count);

    /// <summary>Counts of bit masks as strings of some wires; masks that differ elsewhere only are added up.</summary>
    /// <param name="outcomes">Bit w of a mask is wire w's on the machine.</param>
    /// <param name="wires">The measured wires of the circuit.</param>
    /// <param name="places">[wire of the circuit]: its wire on the machine.</param>
    internal static OutcomeCounts Of(IReadOnlyDictionary<ulong, int> outcomes, ImmutableArray<int> wires, ImmutableArray<int> places)
    {
        string Letters(ulong bits) => string.Concat(wires.Select(wire => (bits >> places[wire] & 1) == 0 ? '0' : '1'));
        var counts = outcomes.GroupBy(outcome => Letters(outcome.Key), outcome => outcome.Value)
            .Select(group => (Bits: group.Key, Count: group.Sum()))
            .OrderByDescending(outcome => outcome.Count).ThenBy(outcome => outcome.Bits, StringComparer.Ordinal);
        return new(wires, [.. counts]);
    }
}
