using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>
/// What a quantum layer measures, as a setting says it: words joined by +. "X", "Y" and "Z" are measured on each wire; "XX", "YY" and
/// "ZZ" on each pair of neighbours on the ring of wires; "XX:all" and so on, on all pairs. Each is a number of its own.
/// </summary>
public static class LayerObservables
{
    private const string Every = ":all";
    private static readonly string[] Words = ["X", "Y", "Z", "XX", "YY", "ZZ", "XX:all", "YY:all", "ZZ:all"];

    /// <summary>What is wrong with a text, or null.</summary>
    /// <param name="text">"Z", "X+Y+Z", "Z+ZZ".</param>
    /// <param name="wires">Wires of the circuit, at least 1.</param>
    public static string? Problem(string text, int wires)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split('+');
        if (words.FirstOrDefault(word => !Words.Contains(word)) is { } unknown)
            return $"observables: '{unknown}' in '{text}' is none; allowed: {string.Join(", ", Words)}, and several of them joined by +";
        if (words.GroupBy(word => word.Replace(Every, "", StringComparison.Ordinal)).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return $"observables: '{text}' measures {twice.Key} twice; each may be there once";
        return wires < 2 && words.FirstOrDefault(word => word.Length > 1) is { } pair ? $"observables: {pair} needs pairs of wires, and there is 1 wire" : null;
    }

    /// <summary>The observables in the order of the words, each with its (first) wire.</summary>
    /// <param name="text">"Z", "X+Y+Z", "Z+ZZ".</param>
    /// <param name="wires">Wires of the circuit, at least 1.</param>
    /// <exception cref="ArgumentException">The text breaks a rule; the message is that of <see cref="Problem"/>.</exception>
    public static ImmutableArray<(Observable Observable, int Wire)> Of(string text, int wires) =>
        Problem(text, wires) is { } problem ? throw new ArgumentException(problem, nameof(text)) : [.. text.Split('+').SelectMany(word => OfWord(word, wires))];

    private static IEnumerable<(Observable Observable, int Wire)> OfWord(string word, int wires)
    {
        if (word.Length == 1) return Enumerable.Range(0, wires).Select(wire => (Observable.Pauli($"{word}{wire}"), wire));
        var pairs = word.EndsWith(Every, StringComparison.Ordinal)
            ? Enumerable.Range(0, wires).SelectMany(first => Enumerable.Range(first + 1, wires - first - 1).Select(second => (first, second)))
            : Enumerable.Range(0, wires == 2 ? 1 : wires).Select(first => (first, second: (first + 1) % wires)); // two wires have one pair
        return pairs.Select(pair => (Observable.Pauli($"{word[0]}{pair.first}*{word[1]}{pair.second}"), pair.first));
    }
}
