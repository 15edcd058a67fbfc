namespace Fovea.Quantum.PauliTransfers;

/// <summary>
/// Everything that happens to some wires between the gates that join them with others, as one matrix M = R_m … R_1. Pulled back, a row
/// of coefficients v becomes v·M.
/// </summary>
internal sealed class TransferMap
{
    private readonly List<TransferFactor> _factors;

    private TransferMap(int[] wires, List<TransferFactor> factors) => (Wires, _factors) = (wires, factors);

    /// <summary>The wires, the first one most significant.</summary>
    public int[] Wires { get; }

    /// <summary>4 to the number of wires.</summary>
    public int Size => 1 << (2 * Wires.Length);

    /// <summary>The factors in time order.</summary>
    public IReadOnlyList<TransferFactor> Factors => _factors;

    /// <summary>Whether it depends on weights.</summary>
    public bool HasWeights => _factors.Exists(factor => factor.Weight >= 0);

    /// <summary>
    /// Gathers steps: those of one wire until a gate joins it with others, and neighbours on equal wires.
    /// </summary>
    /// <param name="steps">In time order, without gates by inputs.</param>
    /// <param name="wireCount">Wires of the circuit.</param>
    public static List<TransferMap> Gather(IEnumerable<TransferStep> steps, int wireCount)
    {
        var maps = new List<TransferMap>();
        var pending = new TransferMap?[wireCount];
        foreach (var step in steps)
        {
            if (step.Wires is [var only])
            {
                (pending[only] ??= new([only], [])).Add(new(step));
                continue;
            }

            var waits = step.Wires.Select(wire => pending[wire]).OfType<TransferMap>().ToList();
            maps.AddRange(waits);
            Array.ForEach(step.Wires, wire => pending[wire] = null);
            if (waits.Count > 0 || maps.Count == 0 || !maps[^1].Wires.AsSpan().SequenceEqual(step.Wires))
                maps.Add(new(step.Wires, []));
            maps[^1].Add(new(step));
        }

        maps.AddRange(pending.OfType<TransferMap>());
        return maps;
    }

    /// <summary>Entries of the matrix that are not zero for some weights.</summary>
    public bool[] Pattern()
    {
        var pattern = Enumerable.Range(0, Size * Size).Select(k => k / Size == k % Size).ToArray();
        foreach (var factor in _factors)
        {
            var (before, next) = (pattern, factor.Pattern());
            pattern = [.. Enumerable.Range(0, Size * Size).Select(k =>
                Enumerable.Range(0, Size).Any(j => next[(k / Size * Size) + j] && before[(j * Size) + (k % Size)]))];
        }

        return pattern;
    }

    private void Add(TransferFactor factor)
    {
        if (_factors.Count > 0 && _factors[^1].Weight < 0 && factor.Weight < 0)
            _factors[^1] = _factors[^1].Then(factor, Size);
        else
            _factors.Add(factor);
    }
}
