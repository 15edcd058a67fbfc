namespace Fovea.Core.Errors;

/// <summary>
/// Finds the allowed name that a mistyped one most likely meant, by edit distance: insertions, deletions, substitutions and swaps
/// of neighbours count one each. It is strict: a suggestion of another meaning costs more than none.
/// </summary>
public static class NearestName
{
    /// <summary>
    /// The candidate with the smallest edit distance to <paramref name="name"/> (case ignored), or null when none is near: one edit
    /// up to five letters, two up to nine, three from ten on. Words of one or two letters, as cx and cz or lr, must be whole, but for a
    /// letter at their end.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string? best = null;
        var lower = name.ToLowerInvariant();
        var limit = lower.TrimStart('-').Length switch { <= 5 => 1, <= 9 => 2, _ => 3 };
        foreach (var candidate in candidates.Where(candidate => HaveEqualShortWords(lower, candidate.ToLowerInvariant())))
        {
            var distance = Distance(lower, candidate.ToLowerInvariant());
            if (distance > limit) continue;
            best = candidate;
            limit = distance - 1;
        }

        return best;
    }

    /// <summary>A sentence end for error messages: <c>"; did you mean 'x'?"</c>, or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    private static bool HaveEqualShortWords(string a, string b)
    {
        var (left, right) = (Words(a), Words(b));
        return left.Length != right.Length || left.Zip(right).All(pair =>
            Math.Min(pair.First.Length, pair.Second.Length) > 2
            || pair.First.StartsWith(pair.Second, StringComparison.Ordinal)
            || pair.Second.StartsWith(pair.First, StringComparison.Ordinal)
            || (pair.First.Length != pair.Second.Length && left.Length > 1));

        static string[] Words(string text) => text.Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static int Distance(string a, string b)
    {
        var distances = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) distances[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) distances[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = Math.Min(substitution, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, distances[i - 2, j - 2] + 1);
                distances[i, j] = best;
            }
        }

        return distances[a.Length, b.Length];
    }
}
