using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Quantum.Noise;

namespace Fovea.Devices.Profiles;

/// <summary>What a backend's properties say that a profile needs.</summary>
/// <param name="Qubits">[qubit]: its parameters.</param>
/// <param name="Gates">All gates.</param>
/// <param name="Date">last_update_date, or null.</param>
/// <param name="Source">Where they come from, for messages.</param>
internal sealed record BackendProperties(ImmutableArray<BackendParameters> Qubits, ImmutableArray<BackendGate> Gates, string? Date, string Source)
{
    public static BackendProperties Read(JsonElement json, string source)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("qubits", out var qubits) || qubits.ValueKind != JsonValueKind.Array
            || !json.TryGetProperty("gates", out var gates) || gates.ValueKind != JsonValueKind.Array)
        {
            throw new InputException($"{source}: no backend properties; expected a JSON object with the lists qubits and gates");
        }

        var date = json.TryGetProperty("last_update_date", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        return new(
            [.. qubits.EnumerateArray().Select((qubit, i) => BackendParameters.Read(qubit, $"{source}: qubit {i}"))],
            [.. gates.EnumerateArray().Select((gate, i) => BackendGate.Read(gate, $"{source}: gate {i}"))],
            date,
            source);
    }

    /// <summary>Those of the gates that are in the basis and have properties, in their order; at least one.</summary>
    public IReadOnlyList<string> ChooseAll(IReadOnlyList<string> candidates, BackendConfiguration configuration, string what) =>
        candidates.Where(name => configuration.BasisGates.Contains(name) && Gates.Any(gate => gate.Name == name)).ToList() is { Count: > 0 } found
        ? found
        : throw new InputException($"{Source}: has no {what} that is understood; expected one of {string.Join(", ", candidates)} in basis_gates "
            + $"and with properties; basis_gates has {string.Join(", ", configuration.BasisGates).ReplaceLineEndings(" ")}");
}

/// <summary>One gate of a backend's properties.</summary>
/// <param name="Name">sx, cz, …</param>
/// <param name="Qubits">The qubits that it acts on, in order.</param>
/// <param name="Error">gate_error, or null.</param>
/// <param name="Seconds">gate_length in seconds, or null.</param>
internal sealed record BackendGate(string Name, ImmutableArray<int> Qubits, double? Error, double? Seconds)
{
    /// <summary>A gate with this error does nothing right: it is how backends mark one that is out of order.</summary>
    public bool IsDead => Error is null or >= 1;

    public static BackendGate Read(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("gate", out var name) || name.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("qubits", out var qubits) || Indices(qubits) is not { } indices
            || !json.TryGetProperty("parameters", out var list))
        {
            throw new InputException($"{place}: no gate; expected a JSON object with gate, qubits and parameters");
        }

        var parameters = BackendParameters.Read(list, $"{place} ({name.GetString()!.ReplaceLineEndings(" ")} on {string.Join(' ', indices)})");
        return new(name.GetString()!, indices, parameters.Value("gate_error"), parameters.Seconds("gate_length"));
    }

    /// <summary>A list of whole numbers, or null when it is none.</summary>
    public static ImmutableArray<int>? Indices(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array) return null;
        var indices = ImmutableArray.CreateBuilder<int>();
        foreach (var item in json.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var index)) return null;
            indices.Add(index);
        }

        return indices.ToImmutable();
    }
}

/// <summary>
/// The qubits of a backend. A number that is missing is taken from the worst qubit that has it, so that a qubit nobody could measure
/// never looks better than the others.
/// </summary>
internal sealed class BackendQubits(BackendProperties properties, string pulse, ImportWarnings warnings)
{
    private readonly Dictionary<int, BackendGate> _pulses = properties.Gates
        .Where(gate => gate.Name == pulse && gate.Qubits.Length == 1)
        .GroupBy(gate => gate.Qubits[0])
        .ToDictionary(group => group.Key, group => group.First());

    public ImmutableArray<QubitProperties> All()
    {
        var t1 = Filled("T1", qubit => Positive(qubit, "T1"), Enumerable.Min);
        var t2 = Filled("T2", qubit => Positive(qubit, "T2"), Enumerable.Min);
        var p01 = Filled("prob_meas1_prep0 and readout_error", qubit => Readout(qubit, "prob_meas1_prep0"), Enumerable.Max);
        var p10 = Filled("prob_meas0_prep1 and readout_error", qubit => Readout(qubit, "prob_meas0_prep1"), Enumerable.Max);
        var error = Filled($"gate_error of {pulse}", qubit => _pulses.GetValueOrDefault(qubit)?.Error, Enumerable.Max);
        var seconds = Filled($"gate_length of {pulse}", qubit => _pulses.GetValueOrDefault(qubit)?.Seconds, Enumerable.Max);
        for (var i = 0; i < t1.Length; i++)
        {
            if (error[i] >= 1) warnings.Add("qubit", $"{i}", $"gate_error of {pulse} is {ProfileNumber.Short(error[i])}, the qubit is out of order");
            if (!(t2[i] > 2 * t1[i])) continue;
            warnings.Add(
                "qubit",
                $"{i}",
                $"T2 = {ProfileNumber.Short(t2[i] * 1e6)} us is over 2·T1, set to 2·T1 = {ProfileNumber.Short(2e6 * t1[i])} us",
                "have T2 over 2·T1, set to 2·T1");
            t2[i] = 2 * t1[i];
        }

        return [.. t1.Select((_, i) => new QubitProperties(t1[i], t2[i], 0, new(seconds[i], error[i]), new ReadoutError(p01[i], p10[i])))];
    }

    // Zero or less is how a failed fit looks.
    private double? Positive(int qubit, string name) => properties.Qubits[qubit].Seconds(name) is > 0 and var seconds ? seconds : null;

    private double? Readout(int qubit, string name) => properties.Qubits[qubit].Value(name) ?? properties.Qubits[qubit].Value("readout_error");

    private double[] Filled(string what, Func<int, double?> given, Func<IEnumerable<double>, double> worst)
    {
        var values = Enumerable.Range(0, properties.Qubits.Length).Select(given).ToArray();
        var known = values.OfType<double>().ToList();
        if (known.Count == 0) throw new InputException($"{properties.Source}: no qubit has {what}; expected it for at least one");
        var replacement = worst(known);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null) warnings.Add("qubit", $"{i}", $"{what} is missing, taken from the worst qubit");
        }

        return [.. values.Select(value => value ?? replacement)];
    }
}
