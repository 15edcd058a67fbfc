namespace Fovea.Hardware.Profiles;

/// <summary>The rules for the coupling map as a whole.</summary>
internal static class CouplingMapRules
{
    public static IEnumerable<string> Of(DeviceProfile profile)
    {
        var count = profile.Qubits.Length;
        HashSet<(int, int)> seen = [], reported = [];
        foreach (var (first, second, _) in profile.Couplings)
        {
            var pair = CouplingMap.Undirected(first, second);
            int[] missing = [.. new[] { first, second }.Where(qubit => qubit < 0 || qubit >= count)];
            if (missing.Length > 0)
                yield return $"couplings: [{first}, {second}] names qubit {missing[0]}, which is missing; allowed: 0 to {count - 1}";
            if (first == second)
                yield return $"couplings: [{first}, {second}] couples a qubit with itself; allowed: two different qubits";
            if (!seen.Add(pair) && reported.Add(pair))
                yield return $"couplings: [{first}, {second}] is listed twice; allowed: each pair once, in either order";
        }

        var components = CouplingMap.Components(count, profile.Couplings.Select(c => (c.First, c.Second)));
        var cutOff = Array.FindIndex(components, lowest => lowest != 0);
        if (cutOff > 0)
            yield return $"couplings: qubits 0 and {cutOff} cannot reach each other; allowed: a connected coupling map";
    }
}
