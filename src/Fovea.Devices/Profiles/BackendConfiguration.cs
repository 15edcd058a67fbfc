using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Core.Errors;

namespace Fovea.Devices.Profiles;

/// <summary>What a backend's configuration says that a profile needs.</summary>
/// <param name="Name">backend_name.</param>
/// <param name="QubitCount">n_qubits.</param>
/// <param name="BasisGates">basis_gates.</param>
/// <param name="CouplingMap">coupling_map, directed pairs; empty when it has none.</param>
/// <param name="Source">Where it comes from, for messages.</param>
internal sealed record BackendConfiguration(
    string Name, int QubitCount, ImmutableArray<string> BasisGates, ImmutableArray<(int First, int Second)> CouplingMap, string Source)
{
    public static BackendConfiguration Read(JsonElement json, string source)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("n_qubits", out var count) || !json.TryGetProperty("basis_gates", out var gates)
            || gates.ValueKind != JsonValueKind.Array || gates.EnumerateArray().Any(gate => gate.ValueKind != JsonValueKind.String))
        {
            throw new InputException($"{source}: no backend configuration; expected a JSON object with n_qubits, basis_gates and coupling_map");
        }

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

/// <summary>
/// The couplings of a backend: each pair once, with the first of the entangling gates that works on it, in the direction of the lower
/// error (the shorter gate when the errors are equal). A pair without a working gate is left out.
/// </summary>
internal sealed class BackendCouplings
{
    private readonly IReadOnlyList<string> _basis;
    private readonly IReadOnlyList<string> _kinds;
    private readonly ILookup<(int Low, int High), BackendGate> _gates;
    private readonly Dictionary<string, double> _longest;
    private readonly ImportWarnings _warnings;

    private BackendCouplings(BackendProperties properties, IReadOnlyList<string> basis, ImportWarnings warnings)
    {
        (_basis, _warnings) = (basis, warnings);
        _kinds = [.. basis, .. BackendPropertiesImporter.Entanglers.Except(basis)];
        var gates = properties.Gates.Where(gate => _kinds.Contains(gate.Name) && gate.Qubits.Length == 2).ToList();
        _gates = gates.ToLookup(gate => CouplingMap.Undirected(gate.Qubits[0], gate.Qubits[1]));
        _longest = gates.GroupBy(gate => gate.Name).ToDictionary(group => group.Key, group => group.Max(gate => gate.Seconds) ?? 0);
    }

    /// <summary>All couplings.</summary>
    /// <param name="configuration">Its coupling map.</param>
    /// <param name="properties">Its gates.</param>
    /// <param name="basis">The entangling gates of the basis in order of preference; the first is the device's.</param>
    /// <param name="warnings">Is told what was left out or filled in.</param>
    public static ImmutableArray<Coupling> Read(
        BackendConfiguration configuration, BackendProperties properties, IReadOnlyList<string> basis, ImportWarnings warnings)
    {
        var couplings = new BackendCouplings(properties, basis, warnings);
        var pairs = configuration.CouplingMap.Select(pair => CouplingMap.Undirected(pair.First, pair.Second))
            .Concat(couplings._gates.Select(group => group.Key)).Distinct();
        return [.. pairs.Select(couplings.Best).OfType<Coupling>()];
    }

    private Coupling? Best((int Low, int High) pair)
    {
        var subject = $"[{pair.Low}, {pair.High}]";
        var best = Usable(pair).Where(gate => !gate.IsDead)
            .OrderBy(gate => _kinds.Index().First(kind => kind.Item == gate.Name).Index)
            .ThenBy(gate => gate.Error).ThenBy(gate => gate.Seconds ?? double.PositiveInfinity).FirstOrDefault();
        if (best is null)
        {
            var dead = _gates[pair].Where(gate => gate.Error is not null).MaxBy(gate => gate.Error);
            if (dead is null)
                _warnings.Add("coupling", subject, $"has no gate_error of {Names}, left out", $"have no gate_error of {Names}, left out");
            else
                _warnings.Add("coupling", subject, $"gate_error of {dead.Name} is {ProfileNumber.Short(dead.Error!.Value)}, left out");
            return null;
        }

        if (!_basis.Contains(best.Name))
            _warnings.Add("coupling", subject, $"{best.Name} is not in basis_gates, but has properties here", $"have {best.Name}, which is not in basis_gates");
        if (best.Seconds is null) _warnings.Add("coupling", subject, $"gate_length of {best.Name} is missing, taken from the longest");
        var kind = best.Name == _kinds[0] ? null : (EntanglingGate?)Enum.Parse<EntanglingGate>(best.Name, ignoreCase: true);
        return new(best.Qubits[0], best.Qubits[1], new(best.Seconds ?? _longest[best.Name], best.Error!.Value)) { Entangler = kind };
    }

    /// <summary>A gate that the basis leaves out stands in where the pair has no entry, not even a dead one, of those in it.</summary>
    private IEnumerable<BackendGate> Usable((int, int) pair) =>
        _gates[pair].Any(gate => _basis.Contains(gate.Name)) ? _gates[pair].Where(gate => _basis.Contains(gate.Name)) : _gates[pair];

    private string Names => string.Join(" or ", _basis);
}

/// <summary>
/// A list of {name, unit, value}, as properties have one for each qubit and gate. Values that are no finite numbers count as missing.
/// </summary>
internal sealed class BackendParameters
{
    private readonly Dictionary<string, (double Value, string Unit)> _values = new(StringComparer.Ordinal);
    private readonly string _place;

    private BackendParameters(string place) => _place = place;

    public static BackendParameters Read(JsonElement list, string place)
    {
        if (list.ValueKind != JsonValueKind.Array) throw new InputException($"{place}: no list of parameters; expected [{{name, unit, value}}, …]");
        var parameters = new BackendParameters(place);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
                throw new InputException($"{place}: a parameter has no name; expected {{name, unit, value}}");
            if (!item.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number) continue;
            var unit = item.TryGetProperty("unit", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
            if (double.IsFinite(value.GetDouble())) parameters._values[name.GetString()!] = (value.GetDouble(), unit);
        }

        return parameters;
    }

    /// <summary>A value, or null when it is missing.</summary>
    public double? Value(string name) => _values.TryGetValue(name, out var found) ? found.Value : null;

    /// <summary>A time in seconds, or null when it is missing.</summary>
    public double? Seconds(string name)
    {
        if (!_values.TryGetValue(name, out var found)) return null;
        return TimeUnits.PerSecond(found.Unit) is { } perSecond
            ? found.Value / perSecond
            : throw new InputException($"{_place}: {name} has the unit \"{found.Unit.ReplaceLineEndings(" ")}\"; allowed: s, ms, us, ns");
    }
}
