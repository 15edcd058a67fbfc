using System.Globalization;
using Fovea.Core.Errors;

namespace Fovea.Cli.Terminal;

/// <summary>Whole numbers as users write several: 8, 2..12, or 4,8,12, also mixed.</summary>
internal static class SizeRange
{
    /// <summary>The numbers in order, each once.</summary>
    /// <param name="option">Name of the option, for messages.</param>
    /// <param name="text">What was given.</param>
    /// <param name="least">The smallest allowed.</param>
    /// <param name="most">The largest allowed.</param>
    /// <exception cref="InputException">Not such a list, reversed, or outside what is allowed; one line.</exception>
    internal static IReadOnlyList<int> Parse(string option, string text, int least, int most)
    {
        var numbers = new SortedSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split("..");
            if (ends.Length > 2 || !ends.All(end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                throw new InputException($"{option} {text} is not allowed; allowed: a number, a range like {least}..{most}, or several with commas");
            var (first, last) = (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
            if (first > last)
                throw new InputException($"{option} {part} runs backwards; write {last}..{first}");
            if (first < least || last > most)
                throw new InputException($"{option} {(first < least ? first : last)} is not allowed; allowed: {least} to {most}");
            numbers.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. numbers];
    }
}
