using System.Globalization;

namespace Fovea.Imaging.Datasets;

/// <summary>The names of classes: one rule for how they are written, compared and ordered (<see cref="NameComparer"/>).</summary>
public static class ClassNames
{
    /// <summary>The form in which a name is kept: Unicode NFC, without the spaces around it.</summary>
    public static string Normalise(string name) => NameComparer.Normalise(name);

    /// <summary>Whether two names mean one class: case, spaces around them and the spelling of a number do not matter.</summary>
    public static bool Same(string a, string b) => NameComparer.Instance.Equals(a, b);

    /// <summary>
    /// The position of a class; -1 when none has this name. Among classes that differ in case only, as datasets of earlier
    /// versions may hold, the one that is written alike is meant; without one the first.
    /// </summary>
    public static int IndexOf(IReadOnlyList<string> names, string name)
    {
        ArgumentNullException.ThrowIfNull(names);
        var first = -1;
        for (var i = names.Count - 1; i >= 0; i--)
        {
            if (string.Equals(Normalise(names[i]), Normalise(name), StringComparison.Ordinal)) return i;
            if (Same(names[i], name)) first = i;
        }

        return first;
    }

    /// <summary>
    /// The distinct names of <paramref name="labels"/>, ordered as numbers when all are numbers and by character codes otherwise;
    /// empty names are no class.
    /// </summary>
    public static IReadOnlyList<string> Collect(IEnumerable<string?> labels)
    {
        var names = labels.Where(label => !string.IsNullOrEmpty(label)).Select(label => label!).Distinct(StringComparer.Ordinal).ToList();
        return names.TrueForAll(name => Number(name) is not null)
            ? [.. names.OrderBy(Number).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Why these labels cannot be classes: the first spellings of one class that differ, with how often each stands; null when
    /// there are none.
    /// </summary>
    public static string? Clash(IEnumerable<string?> labels)
    {
        var clash = labels.Where(label => !string.IsNullOrEmpty(label)).GroupBy(label => label!, NameComparer.Instance)
            .Select(same => same.GroupBy(label => label!, StringComparer.Ordinal).OrderBy(spelling => spelling.Key, StringComparer.Ordinal).ToArray())
            .Where(spellings => spellings.Length > 1).OrderBy(spellings => spellings[0].Key, StringComparer.Ordinal).FirstOrDefault();
        return clash is null
            ? null
            : $"one class is spelt in {clash.Length} ways: {string.Join(", ", clash.Select(spelling => $"'{spelling.Key}' ({spelling.Count()})"))}; write it "
                + "in one way, or rename one if they are different classes";
    }

    private static decimal? Number(string name) =>
        decimal.TryParse(name, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
