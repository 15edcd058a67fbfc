namespace Fovea.Core;

/// <summary>Picks some items of a list that lie evenly over it, the first of them first.</summary>
public static class EvenPick
{
    /// <summary>
    /// Items ⌊i·n/<paramref name="count"/>⌋ for i = 0 … <paramref name="count"/> − 1, of n: none twice where there are as many, some again where not.
    /// </summary>
    /// <param name="items">The list.</param>
    /// <param name="count">How many are picked.</param>
    public static T[] Of<T>(IReadOnlyList<T> items, int count)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. Enumerable.Range(0, count).Select(i => items[(int)((long)i * items.Count / count)])];
    }
}
