using System.Collections.Immutable;

namespace Fovea.Hardware.Profiles;

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
    public static ImmutableArray<Coupling> Of(
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
