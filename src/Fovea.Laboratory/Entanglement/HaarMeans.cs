namespace Fovea.Laboratory.Entanglement;

/// <summary>Averages over states drawn evenly from all states.</summary>
internal static class HaarMeans
{
    /// <summary>Of Q: (2ⁿ − 2)/(2ⁿ + 1).</summary>
    public static double MeyerWallach(int wires) => (Math.Pow(2, wires) - 2) / (Math.Pow(2, wires) + 1);

    /// <summary>Of the entropy of a part, in bits: Σ_{k=b+1}^{ab} 1/k − (a − 1)/(2b), in nats (Page 1993; proved by Foong and Kanno 1994).</summary>
    /// <param name="part">a, dimension of the part.</param>
    /// <param name="rest">b ≥ a, dimension of the rest.</param>
    public static double Entropy(int part, int rest)
    {
        var sum = 0.0;
        for (var k = part * rest; k > rest; k--)
            sum += 1.0 / k;
        return (sum - ((part - 1) / (2.0 * rest))) / Math.Log(2);
    }
}
