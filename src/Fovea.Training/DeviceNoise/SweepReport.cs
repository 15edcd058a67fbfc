using System.Globalization;
using System.Text;
using System.Text.Json;
using Fovea.Core.Files;
using Fovea.Imaging.Grids;
using ScottPlot;

namespace Fovea.Training.DeviceNoise;

/// <summary>A sweep's results as a table, a chart and one picture a device.</summary>
internal static class SweepReport
{
    private const int ShownImages = 10;
    private const int ChartWidth = 1500;
    private const int ChartHeight = 460;

    private static readonly string[] Headings =
    [
        "level", "profile", "scale", "images", "identical", "psnr_db", "difference", "difference_ci", "ssim", "ssim_ci",
        "feature_distance", "feature_distance_ci",
        "diversity", "diversity_ci", "seconds",
    ];

    /// <summary>Writes <c>noise.json</c>, <c>noise.csv</c>, <c>noise.png</c> and <c>grid-PROFILE.png</c>.</summary>
    public static void Write(SweepFolder folder, IReadOnlyList<NoiseLevel> levels, IReadOnlyList<LevelResult> results, int side)
    {
        AtomicFile.WriteText(folder.PathOf("noise.json"), JsonSerializer.Serialize(results, SweepFolder.Json));
        AtomicFile.WriteText(folder.PathOf("noise.csv"), Table(results));
        WriteChart(folder.PathOf("noise.png"), results);
        foreach (var device in levels.Where(level => level.Profile is not null).GroupBy(level => level.Profile))
        {
            // A row a level, the noiseless images first: equal columns began from equal noise.
            var rows = device.Prepend(NoiseLevel.Ideal).Select(level => folder.Images(level, ShownImages)).ToList();
            ImageGrid.Write(folder.PathOf($"grid-{device.Key}.png"), [.. rows.SelectMany(row => row)], side, side, rows[0].Count);
        }
    }

    private static string Table(IReadOnlyList<LevelResult> results)
    {
        var text = new StringBuilder();
        foreach (var row in results.Select(Row).Prepend(Headings))
            CsvWriter.AppendRow(text, row);
        return text.ToString();
    }

    private static string[] Row(LevelResult r) =>
    [
        r.Name, r.Profile ?? "", Text(r.Scale), Text(r.Images), Text(r.Identical, "F4"), Text(r.Psnr, "F3"), Text(r.Difference.Mean, "F4"), Text(
            r.Difference.HalfWidth, "F4"),
        Text(r.Ssim.Mean, "F6"), Text(r.Ssim.HalfWidth, "F6"), Text(r.FeatureDistance.Mean, "F5"), Text(r.FeatureDistance.HalfWidth, "F5"),
        Text(r.Diversity.Mean, "F5"), Text(r.Diversity.HalfWidth, "F5"), Text(r.Seconds, "F1"),
    ];

    private static string Text(IFormattable? value, string? format = null) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static void WriteChart(string path, IReadOnlyList<LevelResult> results)
    {
        var chart = new Multiplot();
        chart.AddPlots(3);
        chart.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Draw(chart.GetPlot(0), results, "Change of pixels (mean |difference|, 8 bit)", Alignment.UpperLeft, r => r.Difference);
        Draw(chart.GetPlot(1), results, "SSIM with the noiseless image", Alignment.LowerLeft, r => r.Ssim);
        Draw(chart.GetPlot(2), results, "Distance in latents (standard deviations)", Alignment.UpperLeft, r => r.FeatureDistance);
        var bytes = chart.Render(ChartWidth, ChartHeight).GetImageBytes(ImageFormat.Png);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    private static void Draw(Plot plot, IReadOnlyList<LevelResult> results, string title, Alignment legend, Func<LevelResult, MeanInterval> figure)
    {
        foreach (var device in results.Where(r => r.Profile is not null).GroupBy(r => r.Profile))
        {
            LevelResult[] points = [results[0], .. device.OrderBy(r => r.Scale)];
            double[] scales = [.. points.Select(r => r.Scale)];
            var line = plot.Add.Scatter(scales, points.Select(r => figure(r).Mean).ToArray());
            (line.LegendText, line.LineWidth, line.MarkerSize) = (device.Key!, 2, 7);
            var bars = plot.Add.ErrorBar(scales, [.. points.Select(r => figure(r).Mean)], [.. points.Select(r => figure(r).HalfWidth)]);
            bars.Color = line.Color;
        }

        plot.Title(title, size: 15);
        plot.XLabel("factor on the device's noise");
        plot.ShowLegend(legend);
    }
}
