using System.Collections.Immutable;
using Fovea.Core.Errors;
using Fovea.Hardware.Compilation;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Hardware.Execution;

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
        var estimates = folds.Select((fold, k) => Estimate(compiled.Length > 0 ? compiled[k].Noisy : request.Plain?.On(circuit, request.QuietGates) ?? new NoisyCircuit(circuit, []), fold)).ToArray();
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
        var groups = MeasurementGroup.Of(circuit);
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
        if (request.Options.Shots is not null)
            return new ShotMeasurement(noisy, request, seed).Run();
        // The inverse of a known confusion takes exact values back to those of a perfect readout.
        var isMitigated = request.Options.Mitigation == Mitigation.Readout;
        return new MethodChoice(isMitigated ? new NoisyCircuit(noisy.Circuit, noisy.Channels) : noisy, request, seed).Run();
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
