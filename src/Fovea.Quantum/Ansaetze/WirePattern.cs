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

    /// <summary>The ring (i, i+⌊n/2⌋ mod n); none on one wire. For even n it joins opposite wires only, both ways round.</summary>
    public static WirePattern HalfRing { get; } =
        new("(i, i+n/2 mod n) for i = 0..n-1", (n, _) => n == 1 ? [] : Ring(n, n / 2));

    /// <summary>Neighbours (i, i+1) without a closing pair.</summary>
    public static WirePattern Chain { get; } =
        new("(i, i+1) for i = 0..n-2", (n, _) => Enumerable.Range(0, n - 1).Select(i => new[] { i, i + 1 }));

    /// <summary>Pairs (0,1), (2,3), ….</summary>
    public static WirePattern EvenPairs { get; } = new("(i, i+1) for i = 0, step 2, i+1 < n", (n, _) => Pairs(n, 0));

    /// <summary>Pairs (1,2), (3,4), ….</summary>
    public static WirePattern OddPairs { get; } = new("(i, i+1) for i = 1, step 2, i+1 < n", (n, _) => Pairs(n, 1));

    /// <summary>Pairs (0,1), (2,3), … in even layers and (1,2), (3,4), … in odd ones.</summary>
    public static WirePattern AlternatingPairs { get; } =
        new("(i, i+1) for i = l mod 2, step 2, i+1 < n", (n, l) => Pairs(n, l % 2));

    /// <summary>The ring (o,o+3), (o+3,o+2), (o+2,o+1), (o+1,o) in every group of four wires, from the last group to the first.</summary>
    public static WirePattern RingsOfFour { get; } = new(
        "(o, o+3), (o+3, o+2), (o+2, o+1), (o+1, o) for o = n-4, n-8 .. 0",
        (n, _) => Descending(n, 4).SelectMany(o => new int[][] { [o, o + 3], [o + 3, o + 2], [o + 2, o + 1], [o + 1, o] }));

    /// <summary>The first wires of neighbouring groups of four, (o, o+4), from the last pair of groups to the first.</summary>
    public static WirePattern HeadsOfFour { get; } =
        new("(o, o+4) for o = n-8, n-12 .. 0", (n, _) => Descending(n - 4, 4).Select(o => new[] { o, o + 4 }));

    /// <summary>
    /// With the wires in three equal blocks of m, the wires at the same place of two blocks, from the last place to the first.
    /// </summary>
    /// <param name="control">Block of the controls: 0, 1 or 2.</param>
    /// <param name="target">Block of the targets: 0, 1 or 2.</param>
    public static WirePattern BetweenThirds(int control, int target) => new(
        $"({control}m+k, {target}m+k) for k = m-1..0, m = n/3",
        (n, _) => Descending(n / 3, 1).Select(k => new[] { (control * (n / 3)) + k, (target * (n / 3)) + k }));

    private static IEnumerable<int[]> Ring(int n, int range) =>
        Enumerable.Range(0, n).Select(i => new[] { i, (i + range) % n });

    private static IEnumerable<int[]> Pairs(int n, int first)
    {
        for (var i = first; i + 1 < n; i += 2)
            yield return [i, i + 1];
    }

    private static IEnumerable<int> Descending(int end, int step)
    {
        for (var i = end - step; i >= 0; i -= step)
            yield return i;
    }
}
