using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Core.Errors;

namespace Fovea.Hardware.Profiles;

/// <summary>One gate of a backend's properties.</summary>
/// <param name="Name">sx, cz, …</param>
/// <param name="Qubits">The qubits that it acts on, in order.</param>
/// <param name="Error">gate_error, or null.</param>
/// <param name="Seconds">gate_length in seconds, or null.</param>
internal sealed record BackendGate(string Name, ImmutableArray<int> Qubits, double? Error, double? Seconds)
{
    /// <summary>A gate with this error does nothing right: it is how backends mark one that is out of order.</summary>
    public bool IsDead => Error is null or >= 1;

    public static BackendGate Of(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("gate", out var name) || name.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("qubits", out var qubits) || Indices(qubits) is not { } indices
            || !json.TryGetProperty("parameters", out var list))
            throw new InputException($"{place}: no gate; expected a JSON object with gate, qubits and parameters");
        var parameters = BackendParameters.Of(list, $"{place} ({name.GetString()!.ReplaceLineEndings(" ")} on {string.Join(' ', indices)})");
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
