namespace Fovea.Hardware.Compilation;

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
