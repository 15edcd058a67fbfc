using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fovea.Core.Errors;

namespace Fovea.Imaging.Datasets;

/// <summary>Finds the class that a name or a number means, and never takes another one for it.</summary>
public static partial class ClassLookup
{
    private const int MostListed = 40;

    /// <summary>
    /// The classes that a name may mean: the one that is written alike; without one those that are the same by
    /// <see cref="ClassNames.Same"/>, of which datasets of earlier versions may hold several.
    /// </summary>
    /// <param name="names">The names, in label order.</param>
    /// <param name="name">The name.</param>
    /// <returns>Labels; none when no class has this name.</returns>
    public static IReadOnlyList<int> Candidates(IReadOnlyList<string> names, string name)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(name);
        var alike = Where(names, other => other == name);
        if (alike.Length == 0) alike = Where(names, other => ClassNames.Normalise(other) == ClassNames.Normalise(name));
        return alike.Length > 0 ? alike : Where(names, other => ClassNames.Same(other, name));
    }

    /// <summary>The label of the one class that a name means; null for none or several.</summary>
    public static int? Find(IReadOnlyList<string> names, string name) => Candidates(names, name) is [var only] ? only : null;

    /// <summary>
    /// The class that a user asks for: by its name; by its place, counted from 0, as <c>#2</c>; or by that number alone where no
    /// class has it for a name and no name holds a number, for a grade that has no images must not become another grade.
    /// </summary>
    /// <param name="input">The input that asks, in messages: <c>Class</c>.</param>
    /// <param name="given">The answer.</param>
    /// <param name="names">The names, in label order.</param>
    /// <returns>The label, and whether it was found by its place.</returns>
    /// <exception cref="InputException">No class, or more than one, is meant.</exception>
    public static (int Label, bool IsPlace) Choose(string input, string given, IReadOnlyList<string> names)
    {
        var candidates = Candidates(names, given);
        if (candidates.Count == 1) return (candidates[0], false);
        if (candidates.Count > 1)
        {
            throw new InputException(
                $"{new NamedInput(input)} {Printable(given)} may mean "
                    + $"{string.Join(" or ", candidates.Select(label => $"'{Printable(names[label])}' (#{label})"))}; write the "
                    + $"name exactly, or # and the number");
        }

        var place = Place().Match(given.Trim());
        var isIndex = place.Success && (place.Groups["sign"].Length > 0 || !names.Any(HoldsNumber));
        if (isIndex && int.TryParse(place.Groups["digits"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < names.Count)
            return (index, true);
        throw new InputException(
            $"{new NamedInput(input)} {(given.Length == 0 ? "''" : Printable(given))} does not exist; allowed: "
                + $"{Listed(names)}{(given.Length == 0 || HoldsNumber(given) ? "" : NearestName.Hint(given, names.Select(Printable)))}");
    }

    /// <summary>A name as it can stand in a line of text: control characters and line ends as their codes.</summary>
    public static string Printable(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (isHidden) text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else text.Append(rune.ToString());
        }

        return text.ToString();
    }

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostListed).Select(Printable)) + (names.Count > MostListed ? $" and {names.Count - MostListed} more" : "");

    private static int[] Where(IReadOnlyList<string> names, Predicate<string> test) => [.. Enumerable.Range(0, names.Count).Where(label => test(names[label]))];

    private static bool HoldsNumber(string name) => name.Any(char.IsNumber) || Roman().IsMatch(name);

    [GeneratedRegex(@"^(?<sign>#?)(?<digits>[0-9]{1,9})$")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<![\p{L}\p{M}])[IVX]+[ab]?(?![\p{L}\p{M}])", RegexOptions.IgnoreCase)]
    private static partial Regex Roman();
}
