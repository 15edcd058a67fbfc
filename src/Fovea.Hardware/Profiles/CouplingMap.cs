namespace Fovea.Hardware.Profiles;

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
