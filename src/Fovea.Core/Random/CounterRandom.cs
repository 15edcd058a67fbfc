namespace Fovea.Core.Random;

/// <summary>
/// A random sequence that is a pure function of (seed, stream): the n-th number is always the same, on every platform, and
/// streams of one seed are independent. Holds no state but its position.
/// </summary>
public sealed class CounterRandom(ulong seed, ulong stream)
{
    private ulong _counter;
    private (uint, uint, uint, uint) _block;
    private int _used = 4;

    /// <summary>The next 32 uniform bits.</summary>
    public uint NextBits()
    {
        if (_used == 4)
        {
            _block = Philox.Block(seed, stream, _counter++);
            _used = 0;
        }

        return _used++ switch { 0 => _block.Item1, 1 => _block.Item2, 2 => _block.Item3, _ => _block.Item4 };
    }

    /// <summary>A uniform number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (((ulong)NextBits() << 21) ^ (NextBits() >> 11)) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>A uniform integer in [0, <paramref name="count"/>). Throws when <paramref name="count"/> is not positive.</summary>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)(((ulong)NextBits() * (ulong)count) >> 32);
    }

    /// <summary>A standard normal number (Box-Muller, the cosine branch).</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Fills with standard normal numbers.</summary>
    public void FillNormal(Span<float> destination)
    {
        foreach (ref var value in destination) value = (float)NextNormal();
    }

    /// <summary>Shuffles in place (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
