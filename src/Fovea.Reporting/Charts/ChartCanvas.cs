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
