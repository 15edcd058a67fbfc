using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Core.Errors;

namespace Fovea.Hardware.Profiles;

/// <summary>What a backend's configuration says that a profile needs.</summary>
/// <param name="Name">backend_name.</param>
/// <param name="QubitCount">n_qubits.</param>
/// <param name="BasisGates">basis_gates.</param>
/// <param name="CouplingMap">coupling_map, directed pairs; empty when it has none.</param>
/// <param name="Source">Where it comes from, for messages.</param>
internal sealed record BackendConfiguration(
    string Name, int QubitCount, ImmutableArray<string> BasisGates, ImmutableArray<(int First, int Second)> CouplingMap, string Source)
{
    public static BackendConfiguration Of(JsonElement json, string source)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("n_qubits", out var count) || !json.TryGetProperty("basis_gates", out var gates)
            || gates.ValueKind != JsonValueKind.Array || gates.EnumerateArray().Any(gate => gate.ValueKind != JsonValueKind.String))
            throw new InputException($"{source}: no backend configuration; expected a JSON object with n_qubits, basis_gates and coupling_map");
        if (count.ValueKind != JsonValueKind.Number || !count.TryGetInt32(out var qubits) || qubits is < 1 or > DeviceProfileRules.MostQubits)
        {
            throw new InputException($"{source}: n_qubits = {count.GetRawText().ReplaceLineEndings(" ")} is not allowed; "
                + $"allowed: a whole number from 1 to {DeviceProfileRules.MostQubits}");
        }

        var name = json.TryGetProperty("backend_name", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "backend";
        return new(name, qubits, [.. gates.EnumerateArray().Select(gate => gate.GetString()!)], [.. Pairs(json, qubits, source)], source);
    }

    private static IEnumerable<(int First, int Second)> Pairs(JsonElement json, int qubits, string source)
    {
        if (!json.TryGetProperty("coupling_map", out var map) || map.ValueKind == JsonValueKind.Null) yield break;
        if (map.ValueKind != JsonValueKind.Array) throw new InputException($"{source}: coupling_map is no list; expected pairs [[0, 1], …]");
        foreach (var pair in map.EnumerateArray())
        {
            if (BackendGate.Indices(pair) is not { Length: 2 } wires || wires[0] == wires[1] || wires.Any(wire => wire < 0 || wire >= qubits))
            {
                throw new InputException($"{source}: coupling_map has {pair.GetRawText().ReplaceLineEndings(" ")}; "
                    + $"expected pairs of different qubits from 0 to {qubits - 1}");
            }

            yield return (wires[0], wires[1]);
        }
    }
}
