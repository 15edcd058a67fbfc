namespace Fovea.Core.Random;

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
