using ScottPlot;
using SkiaSharp;

namespace Fovea.Reporting.Charts;

/// <summary>The letters of charts.</summary>
public static class ChartFont
{
    private static readonly string[] Wanted = ["Noto Sans", "Open Sans", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans"];

    /// <summary>A sans-serif font that is installed: asked for one that isn't, some systems give letters with serifs.</summary>
    public static string Name { get; } = Wanted.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? Fonts.Default;
}
