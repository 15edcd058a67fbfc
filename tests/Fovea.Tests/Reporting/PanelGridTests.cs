using Fovea.Reporting.Charts;
using ScottPlot;
using SkiaSharp;

namespace Fovea.Tests.Reporting;

public sealed class PanelGridTests
{
    // The picture has two pixels for one of a screen.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    public void Png_Panels_StandRowAfterRowOverTheLegend(int panels, int columns)
    {
        Color[] colors = [.. Enumerable.Range(0, panels).Select(SeriesLook.Color)];
        var theme = ChartTheme.Dark;
        using var picture = SKBitmap.Decode(
            new PanelGrid(columns, 100, 60, 30).Png([.. colors.Select(color => Marked(color, theme))], [new LegendItem { LabelText = "x" }], theme));
        var rows = (panels + columns - 1) / columns;
        Assert.Equal((200 * columns, (120 * rows) + 60), (picture.Width, picture.Height));
        for (var place = 0; place < rows * columns; place++)
        {
            Assert.Equal(
                Opaque(place < panels ? colors[place] : theme.Background), picture.GetPixel((place % columns * 200) + 100, (place / columns * 120) + 60));
        }

        Assert.Equal(Opaque(theme.Background), picture.GetPixel(1, picture.Height - 2));
    }

    [Fact]
    public void Look_SevenPlaces_ShareNoHueAndTheMarkerGoesOnChanging()
    {
        Assert.Equal(SeriesLook.Hues, Enumerable.Range(0, SeriesLook.Hues).Select(SeriesLook.Color).Distinct().Count());
        Assert.Equal(SeriesLook.Color(0), SeriesLook.Color(SeriesLook.Hues));
        Assert.NotEqual(SeriesLook.Marker(0), SeriesLook.Marker(SeriesLook.Hues));
    }

    // A plot with nothing but a large marker in its middle.
    private static Plot Marked(Color color, ChartTheme theme)
    {
        var plot = theme.NewPlot("", "", "");
        plot.HideAxesAndGrid();
        plot.Layout.Frameless();
        plot.Add.Marker(0, 0, MarkerShape.FilledSquare, 20, color);
        return plot;
    }

    private static SKColor Opaque(Color color) => new(color.R, color.G, color.B);
}
