using ScottPlot;

namespace Fovea.Judging.Reports.Charts;

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
