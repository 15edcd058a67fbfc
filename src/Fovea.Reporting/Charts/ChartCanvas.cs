using ScottPlot;
using SkiaSharp;

namespace Fovea.Reporting.Charts;

/// <summary>Plots at places of one picture, in pixels of a screen; the picture has twice as many, for sharp text.</summary>
/// <param name="width">In pixels of a screen.</param>
/// <param name="height">In pixels of a screen.</param>
public sealed class ChartCanvas(int width, int height) : IMultiplotLayout, IDisposable
{
    private const int Sharpness = 2;
    private readonly Multiplot _plots = new();
    private readonly List<PixelRect> _places = [];

    /// <summary>Adds a plot; the canvas disposes of it.</summary>
    public void Add(Plot plot, float left, float top, float wide, float high)
    {
        if (_places.Count < _plots.Subplots.Count)
            _plots.Subplots.Remove(_plots.Subplots.GetPlot(0)); // a new Multiplot comes with a plot of its own
        _plots.Subplots.Add(plot);
        _places.Add(new PixelRect(left, left + wide, top + high, top));
    }

    /// <summary>The picture as PNG.</summary>
    public byte[] Png()
    {
        _plots.Layout = this;
        using var surface = SKSurface.Create(new SKImageInfo(width * Sharpness, height * Sharpness));

        // The canvas and not each plot is scaled: a plot's own factor would move it too.
        surface.Canvas.Scale(Sharpness);
        _plots.Render(surface.Canvas, new PixelRect(0, width, height, 0));
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    PixelRect[] IMultiplotLayout.GetSubplotRectangles(SubplotCollection subplots, PixelRect figureRect) => [.. _places];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var plot in _plots.Subplots.GetPlots())
            plot.Dispose();
    }
}

/// <summary>Panels of one size, row after row, over a strip with their legend. Lengths are in pixels of a screen.</summary>
/// <param name="Columns">Panels in a row.</param>
/// <param name="PanelWidth">Width of a panel.</param>
/// <param name="PanelHeight">Height of a panel.</param>
/// <param name="LegendHeight">Height of the strip.</param>
public sealed record PanelGrid(int Columns, int PanelWidth, int PanelHeight, int LegendHeight)
{
    /// <summary>The picture as PNG. Disposes of the plots.</summary>
    /// <param name="panels">A plot each.</param>
    /// <param name="legend">What the strip says.</param>
    /// <param name="theme">Colours of the rest.</param>
    public byte[] Png(IReadOnlyList<Plot> panels, IEnumerable<LegendItem> legend, ChartTheme theme)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentNullException.ThrowIfNull(theme);
        var rows = (panels.Count + Columns - 1) / Columns;
        var (width, height) = (Columns * PanelWidth, rows * PanelHeight);
        using var canvas = new ChartCanvas(width, height + LegendHeight);
        for (var place = 0; place < rows * Columns; place++)
        {
            // Left out, a place would be transparent and show the page's colour.
            var plot = place < panels.Count ? panels[place] : theme.NewLegend([], Orientation.Vertical);
            canvas.Add(plot, place % Columns * PanelWidth, place / Columns * PanelHeight, PanelWidth, PanelHeight);
        }

        canvas.Add(theme.NewLegend(legend, Orientation.Horizontal), 0, height, width, LegendHeight);
        return canvas.Png();
    }
}

/// <summary>What series look like, by their places among all of a report: colour-blind readers tell seven hues apart, on white and on dark.</summary>
public static class SeriesLook
{
    /// <summary>Series that no two share a hue among.</summary>
    public const int Hues = 7;

    // Okabe and Ito without yellow, which is lost on white; their black is a grey that shows on dark too.
    private static readonly string[] Palette = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#808080"];

    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    /// <summary>The hue at a place; beyond the last they begin again.</summary>
    public static Color Color(int place) => ScottPlot.Color.FromHex(Palette[place % Hues]);

    /// <summary>The marker at a place; beyond the last they begin again.</summary>
    public static MarkerShape Marker(int place) => Shapes[place % Shapes.Length];
}

/// <summary>
/// Numbers in the pictures of charts. These are drawn with one font of the machine, and not every font has the raised digits that pages write powers of ten
/// with: a font without them draws boxes.
/// </summary>
public static class ChartNumbers
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>As <see cref="Figures.Number"/>, with powers of ten as in "1e-5".</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Its digits, 1 or more.</param>
    public static string Text(double value, int digits = 3) => Plain(Figures.Number(value, digits));

    /// <summary>A text with powers of ten written without raised digits: "1.2×10⁻⁵" as "1.2e-5".</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Replace("×10", "e", StringComparison.Ordinal).Select(Lowered));
    }

    private static char Lowered(char letter) => letter == '⁻' ? '-'
        : Raised.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit) : letter;
}
