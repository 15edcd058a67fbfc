using Fovea.Reporting;
using Fovea.Reporting.Charts;
using ScottPlot;
using ScottPlot.Plottables;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Error under noise against size of gradients: a marker an ansatz, larger with its entanglement.</summary>
internal static class TradeOffChart
{
    private const int Width = 1100;
    private const int Height = 680;
    private const int LegendHeight = 46;
    private const float SmallestMarker = 7;
    private const float LargestMarker = 23;

    public static byte[] Png(ComparisonView view, TradeOff tradeOff, ChartTheme theme)
    {
        using var canvas = new ChartCanvas(Width, Height + LegendHeight);
        var plot = theme.NewPlot(
            $"Trade-off at {view.Reference}: better is up and to the left", $"relative error under noise, mean of {Devices(tradeOff)} (logarithmic)",
            "gradient variance of live pairs (logarithmic)");
        plot.Layout.Fixed(new PixelPadding(96, 30, 62, 44));
        if (LogTicks.Range(tradeOff.Points.Select(point => point.Error)) is { } x && LogTicks.Range(tradeOff.Points.Select(point => point.Variance)) is { } y)
            Draw(plot, tradeOff, x, y, theme);
        canvas.Add(plot, 0, 0, Width, Height);
        canvas.Add(theme.NewLegend(LegendItems(theme), Orientation.Horizontal), 0, Height, Width, LegendHeight);
        return canvas.Png();
    }

    private static string Devices(TradeOff tradeOff) => tradeOff.Devices.Count == 0 ? "no device" : string.Join(", ", tradeOff.Devices);

    private static void Draw(Plot plot, TradeOff tradeOff, CoordinateRange x, CoordinateRange y, ChartTheme theme)
    {
        plot.Axes.SetLimits(x.Min, x.Max, y.Min, y.Max);
        plot.Axes.Bottom.TickGenerator = LogTicks.Generator(x);
        plot.Axes.Left.TickGenerator = LogTicks.Generator(y);
        plot.RenderInMemory(Width, Height);
        Pixel[] places = [.. tradeOff.Points.Select(point => plot.GetPixel(At(point)))];
        var front = tradeOff.Front.ToHashSet();
        var labels = new LabelPlaces(plot.LastRender.DataRect, [.. places.Zip(tradeOff.Points, (place, point) => (place, Size(point.MeyerWallach) / 2))]);
        foreach (var (index, point) in tradeOff.Points.Index())
        {
            var marker = plot.Add.Marker(At(point), point.Entry.Marker(), Size(point.MeyerWallach), point.Entry.Color());
            if (front.Contains(point))
                (marker.MarkerStyle.OutlineColor, marker.MarkerStyle.OutlineWidth) = (theme.Ink, 2);
            plot.Add.Plottable(Label(point, labels.Place(index, point.Entry.Label), theme));
        }
    }

    private static Text Label(TradeOffPoint point, LabelPlace place, ChartTheme theme)
    {
        var text = new Text { Location = At(point), OffsetX = place.Offset.X, OffsetY = place.Offset.Y, Alignment = place.Anchor };
        (text.LabelText, text.LabelFontName, text.LabelFontSize, text.LabelFontColor) = (point.Entry.Label, ChartFont.Name, LabelPlaces.FontSize, theme.Ink);
        return text;
    }

    private static Coordinates At(TradeOffPoint point) => new(Math.Log10(point.Error), Math.Log10(point.Variance));

    // The area grows with Q, as the eye compares areas.
    private static float Size(double meyerWallach) =>
        MathF.Sqrt(float.Lerp(SmallestMarker * SmallestMarker, LargestMarker * LargestMarker, (float)Math.Clamp(meyerWallach, 0, 1)));

    private static IEnumerable<LegendItem> LegendItems(ChartTheme theme)
    {
        foreach (var q in new[] { 0, 0.5, 1 })
            yield return Item($"Q = {Figures.Number(q)}", Size(q), theme.Faint, 0, theme);
        yield return Item("outlined: no other ansatz is better in both", 12, theme.Background, 2, theme);
    }

    private static LegendItem Item(string label, float size, Color fill, float outline, ChartTheme theme)
    {
        var item = new LegendItem { LabelText = label, MarkerShape = MarkerShape.FilledCircle, MarkerSize = size, MarkerFillColor = fill, LineWidth = 0 };
        (item.MarkerStyle.OutlineColor, item.MarkerStyle.OutlineWidth) = (theme.Ink, outline);
        return item;
    }
}
