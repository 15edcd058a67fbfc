using Fovea.Reporting.Charts;
using ScottPlot;
using ScottPlot.Plottables;

namespace Fovea.Evaluation.Reports.Charts;

/// <summary>Panels side by side over one legend.</summary>
internal static class CurveChart
{
    private const int PanelWidth = 460;
    private const int PanelHeight = 340;
    private const int LegendHeight = 44;
    private const int Columns = 3;

    // A single panel is no poster: it stays as large as one of two.
    public static byte[] Png(IReadOnlyList<CurvePanel> panels, ChartTheme theme) =>
        new PanelGrid(Math.Min(panels.Count, Columns), panels.Count == 1 ? 2 * PanelWidth : PanelWidth, PanelHeight, LegendHeight)
            .Png([.. panels.Select(panel => panel.Draw(theme))], Legend(panels, theme), theme);

    private static IEnumerable<LegendItem> Legend(IReadOnlyList<CurvePanel> panels, ChartTheme theme) =>
        panels.SelectMany(panel => panel.Curves).Where(curve => curve.Name.Length > 0).DistinctBy(curve => curve.Name).Select(curve => new LegendItem
        {
            LabelText = curve.Name,
            LineColor = curve.Color(theme),
            LineWidth = curve.IsMarkers ? 0 : 2,
            LinePattern = curve.Pattern,
            MarkerShape = curve.IsMarkers ? MarkerShape.FilledCircle : MarkerShape.None,
            MarkerColor = curve.Color(theme),
            MarkerSize = 8,
        });
}

/// <summary>One panel of a chart.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="XLabel">The horizontal scale and its unit.</param>
/// <param name="YLabel">The vertical scale and its unit.</param>
/// <param name="Curves">What is drawn, the first at the bottom.</param>
internal sealed record CurvePanel(string Title, string XLabel, string YLabel, IReadOnlyList<Curve> Curves)
{
    private const double Margin = 1.06;

    /// <summary>Labels at places of the horizontal scale; null for numbers.</summary>
    public IReadOnlyList<(double Place, string Label)>? Ticks { get; init; }

    public Plot Draw(ChartTheme theme)
    {
        var plot = theme.NewPlot(Title, XLabel, YLabel);
        foreach (var curve in Curves)
            Add(plot, curve, theme);
        double[] ys = [.. Curves.SelectMany(curve => curve.Ys.SelectMany(y => new[] { y - curve.Error, y + curve.Error })).Where(double.IsFinite)];
        var (low, high) = (Math.Min(0, ys.Append(0).Min()), ys.Append(0).Max());
        plot.Axes.SetLimitsY(low * Margin, high > 0 ? high * Margin : 1);
        if (Ticks is { } ticks)
        {
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
                [.. ticks.Select(tick => tick.Place)], [.. ticks.Select(tick => tick.Label)]);
        }

        return plot;
    }

    private static void Add(Plot plot, Curve curve, ChartTheme theme)
    {
        (double X, double Y)[] shown = [.. curve.Xs.Zip(curve.Ys).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second))];
        if (shown.Length == 0)
            return;
        double[] xs = [.. shown.Select(point => point.X)];
        double[] ys = [.. shown.Select(point => point.Y)];
        var color = curve.Color(theme);
        if (curve.Error > 0)
        {
            double[] none = new double[xs.Length];
            double[] errors = [.. ys.Select(_ => curve.Error)];
            plot.Add.Plottable(new ErrorBar(xs, ys, none, none, errors, errors) { Color = color, LineWidth = 1.5f, CapSize = 4 });
        }

        var scatter = plot.Add.Scatter(xs, ys, color);
        (scatter.LineWidth, scatter.LinePattern) = (curve.IsMarkers ? 0 : 2, curve.Pattern);
        (scatter.MarkerShape, scatter.MarkerSize) = (MarkerShape.FilledCircle, curve.IsMarkers ? 7 : 0);
    }
}

/// <summary>A curve of a panel.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Tone">What it is of.</param>
/// <param name="Xs">Places.</param>
/// <param name="Ys">Values at them.</param>
internal sealed record Curve(string Name, CurveTone Tone, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys)
{
    public LinePattern Pattern { get; init; } = LinePattern.Solid;

    /// <summary>Whether only markers are drawn.</summary>
    public bool IsMarkers { get; init; }

    /// <summary>Half the length of bars at the markers; 0 for none.</summary>
    public double Error { get; init; }

    // Okabe and Ito: told apart by colour-blind readers, seen on white and on dark.
    public Color Color(Reporting.Charts.ChartTheme theme) => Tone switch
    {
        CurveTone.Generated => ScottPlot.Color.FromHex("#D55E00"),
        CurveTone.Real => ScottPlot.Color.FromHex("#0072B2"),
        _ => theme.Faint,
    };

    /// <summary>Values as steps: each holds from its place to the next.</summary>
    public static Curve Steps(string name, CurveTone tone, IReadOnlyList<double> edges, IReadOnlyList<double> values) =>
        new(name, tone, [.. values.SelectMany((_, bin) => new[] { edges[bin], edges[bin + 1] })], [.. values.SelectMany(value => new[] { value, value })]);
}

/// <summary>What a curve is of; the same look in every chart.</summary>
internal enum CurveTone
{
    /// <summary>Generated images.</summary>
    Generated,

    /// <summary>Real images.</summary>
    Real,

    /// <summary>A threshold or another help to the eye.</summary>
    Help,
}
