namespace Fovea.Devices.Profiles;

/// <summary>Pairs of qubits as a graph.</summary>
internal static class CouplingMap
{
    /// <summary>Each pair once, the lower index first: (0, 1), (0, 2), …</summary>
    public static IEnumerable<(int First, int Second)> All(int qubits) =>
        Enumerable.Range(0, qubits).SelectMany(first => Enumerable.Range(first + 1, qubits - first - 1).Select(second => (first, second)));

    /// <summary>(0, 1), (1, 2), …</summary>
    public static IEnumerable<(int First, int Second)> Line(int qubits) => Enumerable.Range(0, qubits - 1).Select(first => (first, first + 1));

    /// <summary>The pair with the lower index first, to compare pairs whatever their order.</summary>
    public static (int Low, int High) Undirected(int first, int second) => (Math.Min(first, second), Math.Max(first, second));

    /// <summary>[qubit] → the lowest qubit that it can reach. Pairs that name a missing qubit join nothing.</summary>
    public static int[] Components(int qubits, IEnumerable<(int First, int Second)> pairs)
    {
        var parents = Enumerable.Range(0, qubits).ToArray();
        foreach (var (first, second) in pairs)
        {
            if (first < 0 || first >= qubits || second < 0 || second >= qubits) continue;
            var (low, high) = Undirected(Root(parents, first), Root(parents, second));
            parents[high] = low;
        }

        return [.. Enumerable.Range(0, qubits).Select(qubit => Root(parents, qubit))];
    }

    private static int Root(int[] parents, int qubit)
    {
        while (parents[qubit] != qubit)
        {
            parents[qubit] = parents[parents[qubit]];
            qubit = parents[qubit];
        }

        return qubit;
    }
}

/// <summary>A pair of qubits with a native entangling gate. The pair is one edge of the coupling map, listed once.</summary>
/// <param name="First">The gate's first qubit: the control of cx and ecr.</param>
/// <param name="Second">The gate's second qubit: the target of cx and ecr.</param>
/// <param name="Gate">The entangling gate on this pair.</param>
public sealed record Coupling(int First, int Second, GateProperties Gate)
{
    /// <summary>The kind of gate where it is another than the device's <see cref="DeviceProfile.Entangler"/>; null for that one.</summary>
    public EntanglingGate? Entangler { get; init; }
}

/// <summary>The rules for the coupling map as a whole.</summary>
internal static class CouplingMapRules
{
    public static IEnumerable<string> Check(DeviceProfile profile)
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

/// <summary>
/// Cuts a device down to its largest connected part. Machines with dead couplings have qubits that nothing reaches; circuits could not
/// use them.
/// </summary>
internal static class ConnectedPart
{
    public static DeviceProfile Find(DeviceProfile profile, out string? warning)
    {
        var components = CouplingMap.Components(profile.Qubits.Length, profile.Couplings.Select(c => (c.First, c.Second)));
        var largest = components.GroupBy(lowest => lowest).MaxBy(group => group.Count())!.Key;
        int[] kept = [.. Enumerable.Range(0, components.Length).Where(qubit => components[qubit] == largest)];
        warning = null;
        if (kept.Length == components.Length) return profile;
        int[] left = [.. Enumerable.Range(0, components.Length).Except(kept)];
        warning = $"qubits {ImportWarnings.Listed(left)}: no coupling leads to the other {kept.Length}, left out; "
            + "the others are numbered anew in their order";
        var numbers = kept.Select((qubit, number) => (qubit, number)).ToDictionary(item => item.qubit, item => item.number);
        return profile with
        {
            Qubits = [.. kept.Select(qubit => profile.Qubits[qubit])],
            Couplings =
            [
                .. profile.Couplings.Where(c => numbers.ContainsKey(c.First) && numbers.ContainsKey(c.Second))
                    .Select(c => c with { First = numbers[c.First], Second = numbers[c.Second] }),
            ],
        };
    }
}
