using System.Text.RegularExpressions;

namespace Fovea.Imaging.Datasets;

/// <summary>
/// What becomes of a class when its images are mirrored left to right. A class whose name holds a side (left, right, OD, OS, L, R,
/// oculus dexter and the like in several languages) becomes the class of the other side.
/// </summary>
public sealed partial class Laterality
{
    private const int MostNamed = 3;
    private readonly IReadOnlyList<string> _names;
    private readonly string? _column;
    private readonly int?[] _mirrored;
    private readonly bool[] _isSided;

    private Laterality(IReadOnlyList<string> names, string? column)
    {
        (_names, _column) = (names, column);
        var parts = names.Select(SideName.Parse).ToArray();
        var words = parts.SelectMany(part => part.Words).ToHashSet(StringComparer.Ordinal);
        var sides = Array.ConvertAll(parts, part => part.Resolve(words));
        _isSided = Array.ConvertAll(sides, side => side.Kind != Side.None);
        // A column that asks for the side, answered by 0 and 1: which of them is left is not known.
        IsUntold = column is not null && names.Count > 0 && !_isSided.Contains(true) && AsksForSide(column);
        _mirrored = [.. Enumerable.Range(0, names.Count).Select(label => IsUntold ? null : _isSided[label] ? Opposite(sides, label) : label)];
    }

    /// <summary>Whether any class names a side.</summary>
    public bool NamesSides => _isSided.Contains(true);

    /// <summary>Whether the classes are those of a column that asks for the side, and none of them says which it is.</summary>
    public bool IsUntold { get; }

    /// <summary>Whether images of any class are not to be mirrored.</summary>
    public bool HasFixed => _mirrored.Contains(null);

    /// <summary>Finds the sides that class names hold.</summary>
    /// <param name="classNames">The names, in label order.</param>
    /// <param name="labelColumn">The column of the label table that they come from; null when not known.</param>
    public static Laterality Find(IReadOnlyList<string> classNames, string? labelColumn = null)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        return new(classNames, labelColumn);
    }

    /// <summary>Whether any class names a place in the picture that turning it moves: a side, top or bottom.</summary>
    public static bool NamesPlaces(IReadOnlyList<string> classNames, string? labelColumn = null) =>
        Find(classNames, labelColumn) is var sides && (
            sides.NamesSides || sides.IsUntold || classNames.Any(name => SideName.Parse(name).Words.Any(SideWords.IsVertical)));

    /// <summary>The class of an image's mirror image; of none when it has none.</summary>
    /// <param name="label">The image's class; null for none.</param>
    /// <param name="mirrored">The mirror image's class.</param>
    /// <returns>Whether the image may be mirrored at all: not when no class is that of the mirror image.</returns>
    public bool TryMirror(int? label, out int? mirrored)
    {
        mirrored = label is { } known ? _mirrored[known] : null;
        // An image without a class may be of either side.
        return label is null ? !HasFixed : mirrored is not null;
    }

    /// <summary>What mirroring does to the classes, in one line; null when no class names a side.</summary>
    public string? Describe()
    {
        if (IsUntold)
            return $"the label column '{_column}' names a side, and its classes ({Some([.. _names.Select(Quoted)])}) do not say which: images are not mirrored";
        if (!NamesSides) return null;
        var pairs = Labels(label => _mirrored[label] is { } other && other != label)
            .Select(label => $"{Quoted(_names[label])} becomes {Quoted(_names[_mirrored[label]!.Value])}").ToArray();
        var fixedOnes = Labels(label => _mirrored[label] is null).Select(label => Quoted(_names[label])).ToArray();
        string?[] sentences =
        [
            pairs.Length > 0 ? $"mirrored images take the class of the other side ({Some(pairs)})" : null,
            fixedOnes.Length > 0 ? $"images of {Some(fixedOnes)} are not mirrored, for no one class is theirs of the other side" : null,
        ];
        return $"classes name a side: {string.Join("; ", sentences.OfType<string>())}";
    }

    private IEnumerable<int> Labels(Func<int, bool> where) => Enumerable.Range(0, _names.Count).Where(where);

    private static string Quoted(string name) => $"'{ClassLookup.Printable(name)}'";

    private static string Some(string[] items) =>
        items.Length <= MostNamed + 1 ? string.Join(", ", items) : $"{string.Join(", ", items.Take(MostNamed))} and {items.Length - MostNamed} more";

    private static int? Opposite(IReadOnlyList<NamedSide> sides, int label)
    {
        var (side, word, rest) = sides[label];
        if (side == Side.Both) return null;
        var others = Enumerable.Range(0, sides.Count)
            .Where(other => sides[other].Kind == (side == Side.Left ? Side.Right : Side.Left) && sides[other].Rest == rest).ToArray();
        if (others.Length > 1) others = [.. others.Where(other => SideWords.AreCounterparts(word, sides[other].Word))];
        return others is [var only] ? only : null;
    }

    private static bool AsksForSide(string column)
    {
        var name = SideName.Parse(column);
        return name.Words.Any(word => (SideWords.Parse(word) != Side.None && !SideWords.IsShort(word)) || SideWords.IsQuestion(word))
            || SideWords.IsWholeQuestion(string.Concat(name.Words));
    }

    private readonly record struct NamedSide(Side Kind, string Word, string Rest);

    /// <summary>A name taken apart into words of lower-case letters and numbers.</summary>
    private sealed partial record SideName(IReadOnlyList<string> Words)
    {
        public static SideName Parse(string name)
        {
            var text = Initials().Replace(Folded(ClassNames.Normalise(name)), "$1$2 ");
            text = Ideographs().Replace(text, " $0 ");
            return new([.. Word().Matches(Humps().Replace(text, " ")).SelectMany(word => SideWords.Unglued(word.Value.ToLowerInvariant()))]);
        }

        /// <summary>The side, where short words count only if the list of classes has their counterpart: R0 to R3 are grades.</summary>
        public NamedSide Resolve(IReadOnlySet<string> allWords)
        {
            var sided = Words.Where(word => SideWords.Parse(word) != Side.None
                && (!SideWords.IsShort(word) || SideWords.CounterpartsOf(word).Any(allWords.Contains)))
                .ToArray();
            if (sided.Length == 0) return new(Side.None, "", "");
            var kinds = sided.Select(SideWords.Parse).Distinct().ToArray();
            var rest = string.Join(
                ' ', Words.Where(word => !sided.Contains(word)).Select(word => word.TrimStart('0') is { Length: > 0 } digits ? digits : word));
            return new(kinds is [var kind] ? kind : Side.Both, sided[0], rest);
        }

        /// <summary>Full-width Latin letters, as East Asian tables have them, as plain ones.</summary>
        private static string Folded(string text) => string.Concat(text.Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c));

        [GeneratedRegex(@"(?<![\p{L}\p{M}])(\p{L})\.\s?(\p{L})(?![\p{L}\p{M}])\.?")]
        private static partial Regex Initials();

        [GeneratedRegex("[左右좌우왼]|오른")]
        private static partial Regex Ideographs();

        [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu}{2})(?=\p{Ll}{2})")]
        private static partial Regex Humps();

        [GeneratedRegex(@"[\p{L}\p{M}]+|\d+")]
        private static partial Regex Word();
    }
}
