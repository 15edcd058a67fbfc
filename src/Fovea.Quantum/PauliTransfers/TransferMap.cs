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

/// <summary>A map's matrix for one set of weights, and its gradient.</summary>
internal sealed class MapValues
{
    private readonly TransferMap _map;
    private readonly double[][] _factors;
    private readonly double[][] _prefixes;
    private readonly double[] _scratch;
    private readonly double[] _suffix;
    private readonly double[] _other;
    private readonly double[] _right;

    /// <summary>Allocates, and fills what is constant.</summary>
    public MapValues(TransferMap map)
    {
        _map = map;
        var entries = map.Size * map.Size;
        double[] Matrix() => new double[entries];
        (Values, Transposed, Gradient) = (Matrix(), Matrix(), Matrix());
        _factors = [.. map.Factors.Select(_ => Matrix())];
        _prefixes = [.. map.Factors.Select(_ => Matrix())];
        (_scratch, _suffix, _other, _right) = (Matrix(), Matrix(), Matrix(), Matrix());
        if (!map.HasWeights)
            Compute([]);
    }

    /// <summary>M, [P, Q].</summary>
    public double[] Values { get; }

    /// <summary>Mᵀ.</summary>
    public double[] Transposed { get; }

    /// <summary>∂L/∂M, to be summed up before <see cref="AddWeightGradients"/>.</summary>
    public double[] Gradient { get; }

    /// <summary>Computes the matrix for these weights.</summary>
    public void Update(ReadOnlySpan<double> weights)
    {
        if (_map.HasWeights)
            Compute(weights);
    }

    /// <summary>∂L/∂α_k = Σ ∂R_k ∘ (R_m…R_{k+1})ᵀ·G·(R_{k−1}…R_1)ᵀ.</summary>
    public void AddWeightGradients(ReadOnlySpan<double> weights, Span<double> gradients)
    {
        var size = _map.Size;
        SmallMatrix.Identity(_suffix, size);
        for (var k = _factors.Length - 1; k >= 0; k--)
        {
            if (_map.Factors[k].Weight is var weight && weight >= 0)
                gradients[weight] += Derivative(k, weights);
            SmallMatrix.Multiply(_suffix, _factors[k], _other, size);
            _other.CopyTo(_suffix, 0);
        }
    }

    private double Derivative(int factor, ReadOnlySpan<double> weights)
    {
        var size = _map.Size;
        SmallMatrix.MultiplyTransposed(_suffix, Gradient, _scratch, size);
        if (factor > 0)
        {
            SmallMatrix.Transpose(_prefixes[factor - 1], _other, size);
            SmallMatrix.Multiply(_scratch, _other, _right, size);
            _right.CopyTo(_scratch, 0);
        }

        _map.Factors[factor].FillDerivative(_other, weights);
        var sum = 0.0;
        for (var k = 0; k < _scratch.Length; k++)
            sum += _scratch[k] * _other[k];
        return sum;
    }

    private void Compute(ReadOnlySpan<double> weights)
    {
        var size = _map.Size;
        for (var k = 0; k < _factors.Length; k++)
        {
            _map.Factors[k].Fill(_factors[k], weights);
            if (k == 0)
                _factors[k].CopyTo(_prefixes[k], 0);
            else
                SmallMatrix.Multiply(_factors[k], _prefixes[k - 1], _prefixes[k], size);
        }

        _prefixes[^1].CopyTo(Values, 0);
        SmallMatrix.Transpose(Values, Transposed, size);
    }
}
