namespace Fovea.Core.Random;

/// <summary>
/// A random sequence that is a pure function of (seed, stream): the n-th number is always the same, on every platform, and
/// streams of one seed are independent. Holds no state but its position, so a copy is a bookmark.
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

/// <summary>
/// Philox 4×32-10, a counter-based random function: the block at (key, counter) depends on nothing else, so the noise of
/// image k is the same whatever the batch, the thread or the order. Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011.
/// </summary>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The four 32-bit words at <paramref name="counter"/> of stream <paramref name="stream"/> under <paramref name="seed"/>.</summary>
    public static (uint, uint, uint, uint) Block(ulong seed, ulong stream, ulong counter)
    {
        var (x0, x1) = ((uint)counter, (uint)(counter >> 32));
        var (x2, x3) = ((uint)stream, (uint)(stream >> 32));
        var (k0, k1) = ((uint)seed, (uint)(seed >> 32));
        for (var round = 0; round < 10; round++)
        {
            var product0 = (ulong)Multiplier0 * x0;
            var product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (x0, x1, x2, x3);
    }
}
