namespace Fovea.Quantum.Ansaetze;

/// <summary>
/// Which wires the gates of one rule act on, in order, as a function of the number of wires n and the layer l (from 0).
/// </summary>
/// <param name="Expression">The pattern in words, as shown in listings.</param>
/// <param name="Wires">(n, l) to the wire lists, one per gate, controls first.</param>
public sealed record WirePattern(string Expression, Func<int, int, IEnumerable<int[]>> Wires)
{
    /// <summary>Every wire by itself, 0 to n−1.</summary>
    public static WirePattern Each { get; } =
        new("i for i = 0..n-1", (n, _) => Enumerable.Range(0, n).Select(i => new[] { i }));

    /// <summary>The ring (i, i+r mod n) whose range r = (l mod (n−1)) + 1 grows with the layer; none on one wire.</summary>
    public static WirePattern RangedRing { get; } =
        new("(i, i+r mod n) for i = 0..n-1, r = (l mod (n-1)) + 1", (n, l) => n == 1 ? [] : Ring(n, (l % (n - 1)) + 1));

    /// <summary>The ring (i, i+1 mod n); a single pair on two wires, none on one.</summary>
    public static WirePattern NearestRing { get; } =
        new("(i, i+1 mod n) for i = 0..n-1; only (0, 1) for n = 2", (n, _) => n switch
        {
            1 => [],
            2 => [[0, 1]],
            _ => Ring(n, 1),
        });

    /// <summary>Pairs (0,1), (2,3), … in even layers and (1,2), (3,4), … in odd ones.</summary>
    public static WirePattern AlternatingPairs { get; } =
        new("(i, i+1) for i = l mod 2, step 2, i+1 < n", (n, l) => Pairs(n, l % 2));

    private static IEnumerable<int[]> Ring(int n, int range) =>
        Enumerable.Range(0, n).Select(i => new[] { i, (i + range) % n });

    private static IEnumerable<int[]> Pairs(int n, int first)
    {
        for (var i = first; i + 1 < n; i += 2)
            yield return [i, i + 1];
    }
}
