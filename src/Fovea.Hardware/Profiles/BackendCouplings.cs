using System.Collections.Immutable;

namespace Fovea.Hardware.Profiles;

/// <summary>
/// The couplings of a backend: each pair once, in the direction of the lower error (the shorter gate when the errors are equal). A pair
/// without a working gate is left out.
/// </summary>
internal static class BackendCouplings
{
    public static ImmutableArray<Coupling> Of(BackendConfiguration configuration, BackendProperties properties, string entangler, List<string> warnings)
    {
        var gates = properties.Gates.Where(gate => gate.Name == entangler && gate.Qubits.Length == 2).ToLookup(Pair);
        var longest = gates.SelectMany(group => group).Max(gate => gate.Seconds);
        var pairs = configuration.CouplingMap.Select(pair => CouplingMap.Undirected(pair.First, pair.Second))
            .Concat(gates.Select(group => group.Key)).Distinct();
        var couplings = ImmutableArray.CreateBuilder<Coupling>();
        foreach (var pair in pairs)
        {
            var place = $"coupling [{pair.Low}, {pair.High}]";
            var best = gates[pair].Where(gate => !gate.IsDead)
                .OrderBy(gate => gate.Error).ThenBy(gate => gate.Seconds ?? double.PositiveInfinity).FirstOrDefault();
            if (best is null)
            {
                var reason = gates[pair].Max(gate => gate.Error) is { } error
                    ? $"gate_error of {entangler} is {ProfileNumber.Short(error)}"
                    : $"has no gate_error of {entangler}";
                warnings.Add($"{place}: {reason}, left out");
                continue;
            }

            if (best.Seconds is null) warnings.Add($"{place}: gate_length of {entangler} is missing, taken from the longest");
            couplings.Add(new(best.Qubits[0], best.Qubits[1], new(best.Seconds ?? longest ?? 0, best.Error!.Value)));
        }

        return couplings.ToImmutable();
    }

    private static (int Low, int High) Pair(BackendGate gate) => CouplingMap.Undirected(gate.Qubits[0], gate.Qubits[1]);
}
