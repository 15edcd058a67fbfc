namespace Fovea.Quantum.PauliTransfers;

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
