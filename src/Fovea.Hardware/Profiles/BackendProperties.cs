using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Core.Errors;

namespace Fovea.Hardware.Profiles;

/// <summary>What a backend's properties say that a profile needs.</summary>
/// <param name="Qubits">[qubit]: its parameters.</param>
/// <param name="Gates">All gates.</param>
/// <param name="Date">last_update_date, or null.</param>
/// <param name="Source">Where they come from, for messages.</param>
internal sealed record BackendProperties(ImmutableArray<BackendParameters> Qubits, ImmutableArray<BackendGate> Gates, string? Date, string Source)
{
    public static BackendProperties Of(JsonElement json, string source)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("qubits", out var qubits) || qubits.ValueKind != JsonValueKind.Array
            || !json.TryGetProperty("gates", out var gates) || gates.ValueKind != JsonValueKind.Array)
            throw new InputException($"{source}: no backend properties; expected a JSON object with the lists qubits and gates");
        var date = json.TryGetProperty("last_update_date", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        return new(
            [.. qubits.EnumerateArray().Select((qubit, i) => BackendParameters.Of(qubit, $"{source}: qubit {i}"))],
            [.. gates.EnumerateArray().Select((gate, i) => BackendGate.Of(gate, $"{source}: gate {i}"))],
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
