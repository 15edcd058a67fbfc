using Fovea.Laboratory.Reports.Views;
using Fovea.Reporting.Charts;
using ScottPlot;
using ScottPlot.Plottables;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Puts curves on a plot.</summary>
internal sealed class CurvePainter(Plot plot, bool logarithmic, CoordinateRange range)
{
    /// <summary>An ansatz's points, joined, with their standard errors.</summary>
    public void Points(AnsatzEntry entry, IReadOnlyList<CurvePoint> points)
    {
        CurvePoint[] shown = [.. points.Where(point => IsShown(point.Y.Value))];
        if (shown.Length == 0)
            return;
        double[] xs = [.. shown.Select(point => (double)point.X)];
        double[] ys = [.. shown.Select(point => Scale(point.Y.Value))];
        double[] none = new double[xs.Length];
        plot.Add.Plottable(new ErrorBar(xs, ys, none, none, Errors(shown, 1), Errors(shown, -1)) { Color = entry.Color(), LineWidth = 1.5f, CapSize = 3 });
        var line = plot.Add.Scatter(xs, ys, entry.Color());
        (line.LineWidth, line.MarkerShape, line.MarkerSize) = (1.5f, entry.Marker(), 7);
    }

    /// <summary>A fitted line.</summary>
    public void Fit(AnsatzEntry entry, IReadOnlyList<(double X, double Y)> places) => Line(places, entry.Color(), 1.5f, LinePattern.Dashed);

    /// <summary>The line of Haar-random states.</summary>
    public void Haar(IReadOnlyList<(double X, double Y)> places, ChartTheme theme) => Line(places, theme.Ink, 2, LinePattern.Dotted);

    private void Line(IReadOnlyList<(double X, double Y)> places, Color color, float width, LinePattern pattern)
    {
        (double X, double Y)[] shown = [.. places.Where(place => IsShown(place.Y))];
        if (shown.Length == 0)
            return;
        var line = plot.Add.ScatterLine(shown.Select(place => place.X).ToArray(), shown.Select(place => Scale(place.Y)).ToArray(), color);
        (line.LineWidth, line.LinePattern) = (width, pattern);
    }

    private bool IsShown(double value) => double.IsFinite(value) && (!logarithmic || value > 0);

    private double Scale(double value) => logarithmic ? Math.Log10(value) : value;

    // Down to 0 a bar has no end on a logarithmic scale: it leaves the panel at the bottom.
    private double[] Errors(CurvePoint[] points, int sign) =>
    [
        .. points.Select(point =>
        {
            var (value, error) = (point.Y.Value, double.IsFinite(point.Y.StandardError) ? point.Y.StandardError : 0);
            var end = value + (sign * error);
            return logarithmic && end <= 0 ? Math.Max(0, Scale(value) - range.Min) : Math.Abs(Scale(end) - Scale(value));
        }),
    ];
}
