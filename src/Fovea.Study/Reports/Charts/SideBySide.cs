namespace Fovea.Study.Reports.Charts;

/// <summary>Sets points of several series that share a place beside each other, so that none hides another.</summary>
internal static class SideBySide
{
    private const double Step = 0.015; // of the range: about as wide as a marker

    /// <summary>Where to draw the points.</summary>
    /// <param name="places">Each series' places on the axis.</param>
    /// <param name="range">What the axis shows.</param>
    /// <returns>The same, points nearer to each other than a step moved apart in the order of their series.</returns>
    public static double[][] Of(IReadOnlyList<double[]> places, double range)
    {
        var step = Step * range;
        double[][] moved = [.. places.Select(series => series.ToArray())];
        var points = places.SelectMany((series, index) => series.Select((place, at) => (Series: index, At: at, Place: place))).OrderBy(point => point.Place).ToArray();
        for (var first = 0; first < points.Length;)
        {
            var next = first + 1;
            while (next < points.Length && points[next].Place - points[next - 1].Place < step) next++;
            var together = points[first..next].OrderBy(point => point.Series).ToArray();
            foreach (var (rank, point) in together.Index())
                moved[point.Series][point.At] += (rank - ((together.Length - 1) / 2.0)) * step;
            first = next;
        }

        return moved;
    }
}
