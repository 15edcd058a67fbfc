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
/// The centre lines of a set of pixels by Zhang and Suen's thinning, "A fast parallel algorithm for thinning digital patterns", CACM 27 (1984).
/// </summary>
public static class Thinning
{
    /// <summary>The lines [height, width], one pixel wide and connected as the set is; what lies outside the picture is no part of it.</summary>
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

    /// <summary>The conditions of a pass, on the neighbours from the one above on clockwise.</summary>
    private static bool IsRemovable(bool[] line, int at, int width, bool second)
    {
        var (x, y, height) = (at % width, at / width, line.Length / width);
        bool At(int dx, int dy) => x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height && line[at + dy * width + dx];
        Span<bool> around = [At(0, -1), At(1, -1), At(1, 0), At(1, 1), At(0, 1), At(-1, 1), At(-1, 0), At(-1, -1)];
        var (count, changes) = (0, 0);
        for (var k = 0; k < around.Length; k++)
        {
            if (around[k]) count++;
            if (!around[k] && around[(k + 1) % around.Length]) changes++;
        }

        if (count is < 2 or > 6 || changes != 1) return false;
        var (up, right, down, left) = (around[0], around[2], around[4], around[6]);
        return second ? !(up && right && left) && !(up && down && left) : !(up && right && down) && !(right && down && left);
    }
}
