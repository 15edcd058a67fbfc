using System.Text.RegularExpressions;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>What the names of files say of persons: by the user's pattern, and by the sides of eyes in them.</summary>
internal sealed partial class FileNamePersons
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private readonly string _pattern;
    private readonly Regex _expression;

    /// <exception cref="InputException">The pattern is no regular expression, or finds a person in no file.</exception>
    public FileNamePersons(string pattern, IReadOnlyList<string> files)
    {
        (_pattern, _expression) = (pattern, new Regex(pattern, RegexOptions.CultureInvariant, s_patience));
        string[] without = [.. files.Where(file => Of(file).Length == 0)];
        if (without.Length == files.Count)
            throw new InputException($"patient-pattern '{pattern}' finds a patient in none of {files.Count} names; the first is '{Text(files[0])}'");
        Warning = without.Length == 0 ? null : $"patient-pattern '{pattern}' finds no patient in {without.Length} of {files.Count} names, first '{without[0]}'";
    }

    /// <summary>Tells of names in which the pattern finds nobody; null when there are none.</summary>
    public string? Warning { get; }

    /// <summary>Why a pattern cannot be used; null when it can.</summary>
    public static string? Fault(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, s_patience);
            return pattern.Length > 0 ? null : "patient-pattern is empty; a regular expression such as '^(.+)_(left|right)$' is needed";
        }
        catch (ArgumentException e)
        {
            return $"patient-pattern '{pattern}' is no regular expression ({e.Message.ReplaceLineEndings(" ")})";
        }
    }

    /// <summary>The person; empty when the name does not tell.</summary>
    public string Of(string file)
    {
        try
        {
            var match = _expression.Match(Text(file));
            if (!match.Success) return "";
            var group = match.Groups["patient"] is { Success: true } named ? named : match.Groups.Count > 1 ? match.Groups[1] : match;
            var name = NameComparer.Normalise(group.Value);
            return NameComparer.IsUnknown(name) ? "" : name;
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new InputException($"patient-pattern '{_pattern}' takes too long on '{file}'; write it without nested repetitions", e);
        }
    }

    /// <summary>
    /// Warns of files whose names differ in the side of an eye only (10_left and 10_right, N_OD and N_OS) and that are not known
    /// to be of one person.
    /// </summary>
    public static IEnumerable<string> EyesApart(IReadOnlyList<ManifestEntry> entries, ImageGroups groups, IReadOnlyList<Split> splits)
    {
        var pairs = Pairs(entries).Where(pair => groups.Of(pair.Left.Index) != groups.Of(pair.Right.Index)).ToList();
        if (pairs.Count == 0) yield break;
        var (left, right) = pairs[0];
        var divided = pairs.Count(pair => splits[pair.Left.Index] != splits[pair.Right.Index]);
        var known = left.Patient.Length > 0 && right.Patient.Length > 0
            ? $"the patients are given as '{left.Patient}' and '{right.Patient}'"
            : "no patient is known";
        yield return $"both eyes of one person may stand in different splits: {pairs.Count} pairs of names differ in the side only, as "
            + $"'{left.File}' and '{right.File}', "
            + $"and {known}; {divided} pairs are divided between splits now; name the column with the patients, or take them from the "
            + $"names by a pattern, as '{Suggestion(left.File)}'";
    }

    private string Text(string file)
    {
        var bare = Path.ChangeExtension(file, null);
        return NameComparer.Normalise(_pattern.Contains('/', StringComparison.Ordinal) ? bare : bare[(bare.LastIndexOf('/') + 1)..]);
    }

    private static IEnumerable<(ManifestEntry Left, ManifestEntry Right)> Pairs(IReadOnlyList<ManifestEntry> entries) =>
        entries.Select(entry => (Entry: entry, Side: SideOf(entry.File))).Where(sided => sided.Side.Key is not null)
            .GroupBy(sided => sided.Side.Key!, StringComparer.Ordinal)
            .Select(person => (Left: person.FirstOrDefault(sided => sided.Side.IsLeft).Entry, Right: person.FirstOrDefault(sided => !sided.Side.IsLeft).Entry))
            .Where(pair => pair.Left is not null && pair.Right is not null);

    /// <summary>A name without its side, and which side that was; in a folder a side (left/10.png) the path without the folder.</summary>
    private static (string? Key, bool IsLeft) SideOf(string file)
    {
        var bare = Path.ChangeExtension(file, null);
        var name = bare[(bare.LastIndexOf('/') + 1)..];
        var side = Side().Matches(name) is { Count: > 0 } inName ? inName[^1] : null;
        if (side is not null) return ("name:" + name.Remove(side.Index, side.Length).ToLowerInvariant(), IsLeft(side.Value));
        if (Side().Matches(bare) is not [.., var folder]) return (null, false);
        return ("path:" + bare.Remove(folder.Index, folder.Length).ToLowerInvariant(), IsLeft(folder.Value));
    }

    private static bool IsLeft(string side) => side[0] is 'l' or 'L' || side[^1] is 's' or 'S';

    private static string Suggestion(string file)
    {
        var bare = Path.ChangeExtension(file, null);
        var name = bare[(bare.LastIndexOf('/') + 1)..];
        if (Side().Matches(name) is not [.., var side]) return "/([^/]+)$";
        var end = name[(side.Index + side.Length)..];
        return side.Index == 0 ? $"^{Sides(side.Value)}[-_. ]?(.+)$" : $"^(.+?)[-_. ]?{Sides(side.Value)}{(end.Length > 0 ? ".*" : "")}$";
    }

    private static string Sides(string side) => side.ToUpperInvariant() switch
    {
        "L" or "R" => "[LlRr]",
        "OD" or "OS" => "(?:OD|OS|od|os)",
        _ => "(?:left|right|Left|Right|LEFT|RIGHT)",
    };

    [GeneratedRegex(@"(?i:(?<![a-z])(?:left|right|od|os|l|r)(?![a-z]))|(?<=[a-z])(?:Left|Right|OD|OS)(?![A-Za-z])")]
    private static partial Regex Side();
}
