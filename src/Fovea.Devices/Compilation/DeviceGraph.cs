using Fovea.Devices.Profiles;

namespace Fovea.Devices.Compilation;

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

/// <summary>How much a circuit asks of each logical wire and of each pair of them.</summary>
internal sealed class Interactions
{
    private readonly int[,] _pairs;
    private readonly int[] _singles;

    public Interactions(int wireCount, IReadOnlyList<Step> steps)
    {
        WireCount = wireCount;
        _pairs = new int[wireCount, wireCount];
        _singles = new int[wireCount];
        foreach (var step in steps)
        {
            if (step.IsPair)
                _pairs[step.First, step.Second] = _pairs[step.Second, step.First] += step.Kind == StepKind.Swap ? 3 : 1;
            else
                _singles[step.First]++;
        }

        Order = InOrder();
    }

    public int WireCount { get; }

    public bool HasPairs => _pairs.Cast<int>().Any(count => count > 0);

    /// <summary>The wires in an order in which each, if it can, has a partner among those before it.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Steps on a pair.</summary>
    public int Pairs(int first, int second) => _pairs[first, second];

    /// <summary>Steps on a wire alone.</summary>
    public int Singles(int wire) => _singles[wire];

    private List<int> InOrder()
    {
        var order = new List<int>(WireCount);
        while (order.Count < WireCount)
        {
            order.Add(Enumerable.Range(0, WireCount).Except(order)
                .MaxBy(wire => (order.Count(other => _pairs[wire, other] > 0), Degree(wire), -wire)));
        }

        return order;
    }

    private int Degree(int wire) => Enumerable.Range(0, WireCount).Count(other => _pairs[wire, other] > 0);
}
