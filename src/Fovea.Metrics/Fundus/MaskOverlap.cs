namespace Fovea.Metrics.Fundus;

/// <summary>How far two sets of pixels are the same.</summary>
public static class MaskOverlap
{
    /// <summary>Dice's coefficient 2|A ∩ B| / (|A| + |B|), 0 to 1; NaN where both are empty.</summary>
    public static double Dice(ReadOnlySpan<bool> first, ReadOnlySpan<bool> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        var (both, sum) = (0, 0);
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i] && second[i]) both++;
            sum += (first[i] ? 1 : 0) + (second[i] ? 1 : 0);
        }

        return sum == 0 ? double.NaN : 2.0 * both / sum;
    }

    /// <summary>
    /// The centre-line Dice of Shit et al., "clDice – a novel topology-preserving loss function for tubular structure segmentation", CVPR 2021: the harmonic
    /// mean of the share of the found centre line that lies in the wanted mask and of the share of the wanted centre line that lies in what was found. Centre
    /// lines are made by thinning (<see cref="Thinning"/>), not by the soft skeleton of a loss. 0 to 1; NaN where both are empty, 0 where one is.
    /// </summary>
    /// <param name="found">[height, width].</param>
    /// <param name="wanted">[height, width].</param>
    /// <param name="width">Width in pixels.</param>
    public static double CentreLineDice(bool[] found, bool[] wanted, int width)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentOutOfRangeException.ThrowIfNotEqual(wanted.Length, found.Length, nameof(wanted));
        if (!found.Contains(true) && !wanted.Contains(true)) return double.NaN;
        var precision = Share(Thinning.Thin(found, width), wanted);
        var sensitivity = Share(Thinning.Thin(wanted, width), found);
        return precision + sensitivity == 0 ? 0 : 2 * precision * sensitivity / (precision + sensitivity);
    }

    private static double Share(bool[] line, bool[] mask)
    {
        var (inside, all) = (0, 0);
        for (var i = 0; i < line.Length; i++)
        {
            if (!line[i]) continue;
            all++;
            if (mask[i]) inside++;
        }

        return all == 0 ? 0 : inside / (double)all;
    }
}

/// <summary>
/// The centre lines of a set of pixels by Guo and Hall's thinning (A1 of "Parallel thinning with two-subiteration algorithms", CACM 32, 1989). It keeps the
/// last pixel of a spot and diagonal lines of two pixels' width, which the better known thinning of Zhang and Suen takes away.
/// </summary>
public static class Thinning
{
    /// <summary>
    /// The lines [height, width], about one pixel wide and connected as the set is (pixels that touch at a corner are); what lies outside the picture is no
    /// part of it.
    /// </summary>
    /// <param name="pixels">[height, width].</param>
    /// <param name="width">Width in pixels.</param>
    public static bool[] Thin(bool[] pixels, int width)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        var line = (bool[])pixels.Clone();
        var removed = new List<int>();
        do
        {
            removed.Clear();
            foreach (var second in new[] { false, true })
            {
                var first = removed.Count;
                for (var i = 0; i < line.Length; i++)
                    if (line[i] && IsRemovable(line, i, width, second)) removed.Add(i);
                foreach (var i in removed.Skip(first)) line[i] = false;
            }
        }
        while (removed.Count > 0);
        return line;
    }

    /// <summary>The conditions of a pass: one piece of the line around it, no end of a line, and an edge on the side that the pass takes from.</summary>
    private static bool IsRemovable(bool[] line, int at, int width, bool second)
    {
        var (x, y, height) = (at % width, at / width, line.Length / width);
        bool At(int dx, int dy) => x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height && line[at + dy * width + dx];
        // From the one above on, clockwise.
        Span<bool> around = [At(0, -1), At(1, -1), At(1, 0), At(1, 1), At(0, 1), At(-1, 1), At(-1, 0), At(-1, -1)];
        var (pieces, before, behind) = (0, 0, 0);
        for (var k = 0; k < around.Length; k += 2)
        {
            var (side, corner, next, last) = (around[k], around[k + 1], around[(k + 2) % around.Length], around[(k + 7) % around.Length]);
            if (!side && (corner || next)) pieces++;
            if (last || side) before++;
            if (side || corner) behind++;
        }

        if (pieces != 1 || Math.Min(before, behind) is < 2 or > 3) return false;
        return second
            ? !((around[0] || around[1] || !around[3]) && around[2])
            : !((around[4] || around[5] || !around[7]) && around[6]);
    }
}
