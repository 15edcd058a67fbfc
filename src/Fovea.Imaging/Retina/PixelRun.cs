using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Retina;

/// <summary>Neighbouring pixels of one row that belong together.</summary>
/// <param name="Y">The row.</param>
/// <param name="Start">The first column.</param>
/// <param name="End">The column after the last.</param>
internal readonly record struct PixelRun(int Y, int Start, int End)
{
    public int Length => End - Start;

    /// <summary>The runs of values from <paramref name="threshold"/> up, row by row, left to right.</summary>
    public static List<PixelRun> Find(ReadOnlySpan<byte> values, int width, int height, byte threshold)
    {
        var runs = new List<PixelRun>(height * 2);
        for (var y = 0; y < height; y++)
        {
            var row = values.Slice(y * width, width);
            for (var x = 0; x < width;)
            {
                var start = row[x..].IndexOfAnyInRange(threshold, byte.MaxValue);
                if (start < 0) break;
                start += x;
                var length = row[start..].IndexOfAnyExceptInRange(threshold, byte.MaxValue);
                x = length < 0 ? width : start + length;
                runs.Add(new PixelRun(y, start, x));
            }
        }

        return runs;
    }

    /// <summary>For each run the number of the first run that it is connected to (4-neighbourhood).</summary>
    public static int[] Connect(List<PixelRun> runs, int height)
    {
        var groups = new DisjointSets(runs.Count);
        var (above, aboveEnd, at) = (0, 0, 0);
        for (var y = 0; y < height; y++)
        {
            var start = at;
            while (at < runs.Count && runs[at].Y == y)
            {
                while (above < aboveEnd && runs[above].End <= runs[at].Start) above++;
                for (var i = above; i < aboveEnd && runs[i].Start < runs[at].End; i++) groups.Join(i, at);
                at++;
            }

            (above, aboveEnd) = (start, at);
        }

        return [.. Enumerable.Range(0, runs.Count).Select(groups.Of)];
    }
}
