using Fovea.Hardware.Profiles;

namespace Fovea.Hardware.Compilation;

/// <summary>Which qubits of a device have an entangling gate, how far apart qubits are, and what their gates cost.</summary>
internal sealed class DeviceGraph
{
    /// <summary>Distance of qubits that nothing connects.</summary>
    public const int Unreachable = 1 << 20;

    private readonly Dictionary<(int, int), Coupling> _edges = [];
    private readonly int[,] _distances;

    public DeviceGraph(DeviceProfile profile)
    {
        Profile = profile;
        foreach (var coupling in profile.Couplings)
            _edges[Key(coupling.First, coupling.Second)] = coupling;
        Neighbours = [.. Enumerable.Range(0, QubitCount).Select(qubit => profile.Couplings
            .Where(edge => edge.First == qubit || edge.Second == qubit)
            .Select(edge => edge.First + edge.Second - qubit).Distinct().Order().ToArray())];
        _distances = new int[QubitCount, QubitCount];
        for (var qubit = 0; qubit < QubitCount; qubit++)
            Search(qubit);
    }

    public DeviceProfile Profile { get; }

    /// <summary>The same device with no couplings but those among some qubits.</summary>
    public DeviceGraph Within(IReadOnlyCollection<int> qubits) => new(Profile with
    {
        Couplings = [.. Profile.Couplings.Where(edge => qubits.Contains(edge.First) && qubits.Contains(edge.Second))],
    });

    public int QubitCount => Profile.Qubits.Length;

    /// <summary>[qubit]: ascending.</summary>
    public int[][] Neighbours { get; }

    /// <summary>Hops.</summary>
    public int Distance(int from, int to) => _distances[from, to];

    public bool AreCoupled(int first, int second) => _edges.ContainsKey(Key(first, second));

    /// <summary>The coupling of two qubits, in its own direction.</summary>
    public Coupling Edge(int first, int second) => _edges[Key(first, second)];

    /// <summary>The native gate of two coupled qubits.</summary>
    public EntanglingGate Entangler(int first, int second) => Profile.EntanglerOf(Edge(first, second));

    /// <summary>All qubits connected to one of the largest set of connected qubits.</summary>
    public int[] LargestComponent() => Enumerable.Range(0, QubitCount)
        .Select(qubit => Enumerable.Range(0, QubitCount).Where(other => _distances[qubit, other] < Unreachable).ToArray())
        .MaxBy(component => component.Length) ?? [];

    /// <summary>−log of an average fidelity, the cost that adds up.</summary>
    public static double Cost(double error) => -Math.Log(Math.Max(1 - error, double.Epsilon));

    public double EdgeCost(int first, int second) => Cost(Edge(first, second).Gate.Error);

    public double PulseCost(int qubit) => Cost(Profile.Qubits[qubit].Pulse.Error);

    /// <summary>Of the two outcomes alike.</summary>
    public double ReadoutCost(int qubit)
    {
        var (oneGivenZero, zeroGivenOne) = Profile.Qubits[qubit].Readout;
        return Cost((oneGivenZero + zeroGivenOne) / 2);
    }

    private static (int, int) Key(int first, int second) => first < second ? (first, second) : (second, first);

    private void Search(int start)
    {
        for (var qubit = 0; qubit < QubitCount; qubit++)
            _distances[start, qubit] = qubit == start ? 0 : Unreachable;
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var qubit))
        {
            foreach (var next in Neighbours[qubit].Where(next => _distances[start, next] == Unreachable))
            {
                _distances[start, next] = _distances[start, qubit] + 1;
                queue.Enqueue(next);
            }
        }
    }
}
