using Fovea.Imaging.Grids;
using Fovea.Metrics;

namespace Fovea.Tests.Metrics.Faults;

/// <summary>
/// Features without a network: the image at 4 × 4 in three colours, and at 2 × 2 the logarithm of the mean squared differences of
/// neighbours one and two pixels apart. On scales on which both spread about alike.
/// </summary>
internal static class HandFeatures
{
    public static FeatureMatrix Of(IReadOnlyList<RgbImage> images)
    {
        var rows = images.Select(One).ToArray();
        return new FeatureMatrix(rows.SelectMany(row => row).ToArray(), rows[0].Length, "hand-made", "1");
    }

    private static float[] One(RgbImage image)
    {
        var features = new List<float>();
        for (var cell = 0; cell < 16; cell++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                features.Add(
                    (float)(Mean(image, cell, 4, (x, y) => image.Pixels[(y * image.Width + x) * 3 + channel]) / 64));
            }
        }

        for (var cell = 0; cell < 4; cell++)
            for (var step = 1; step <= 2; step++) features.Add((float)Math.Log(1 + Mean(image, cell, 2, (x, y) => Difference(image, x, y, step))));
        return [.. features];
    }

    private static double Mean(RgbImage image, int cell, int cells, Func<int, int, double> of)
    {
        var (side, sum) = (image.Width / cells, 0.0);
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++) sum += of(cell % cells * side + x, cell / cells * side + y);
        return sum / (side * side);
    }

    private static double Difference(RgbImage image, int x, int y, int step)
    {
        double Green(int column, int row) => image.Pixels[(Math.Min(row, image.Height - 1) * image.Width + Math.Min(column, image.Width - 1)) * 3 + 1];
        var (across, down) = (Green(x + step, y) - Green(x, y), Green(x, y + step) - Green(x, y));
        return across * across + down * down;
    }
}
