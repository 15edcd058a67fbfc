using System.Globalization;
using Fovea.Core.Errors;

namespace Fovea.Study.Planning;

/// <summary>One of several parts of a study.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Of">Parts in all.</param>
public sealed record Shard(int Number, int Of)
{
    private const int Most = 10_000;

    /// <summary>Reads <c>i/n</c>.</summary>
    /// <exception cref="InputException">It is nothing of the kind.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        return parts.Length == 2 && TryRead(parts[0], out var number) && TryRead(parts[1], out var of) && number >= 1 && number <= of && of <= Most
            ? new Shard(number, of)
            : throw new InputException($"--shard {text} is not allowed; allowed: i/n with i from 1 to n, n up to {Most}");
    }

    /// <summary>
    /// Whether a cell is in this part. Cells of one size and seed go round the parts by their arm, each next group one part further on: else a
    /// part would get one arm only, and arms differ in what they take.
    /// </summary>
    public bool Holds(StudyCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return (cell.ArmIndex + cell.Group) % Of == Number - 1;
    }

    private static bool TryRead(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
