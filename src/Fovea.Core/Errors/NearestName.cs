namespace Fovea.Core.Errors;

/// <summary>Finds the allowed name that a mistyped one most likely meant, by edit distance.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate with the smallest Levenshtein distance to <paramref name="name"/> (case ignored), or null when none is
    /// within a third of its length plus one.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var limit = name.Length / 3 + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance > limit) continue;
            best = candidate;
            limit = distance - 1;
        }

        return best;
    }

    /// <summary>A sentence end for error messages: <c>"; did you mean 'x'?"</c>, or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
