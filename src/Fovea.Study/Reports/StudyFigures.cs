using System.Globalization;
using Fovea.Metrics.Statistics;
using Fovea.Reporting;
using Fovea.Study.Analysis;
using Fovea.Study.Results;

namespace Fovea.Study.Reports;

/// <summary>Numbers of a study for readers, each in the unit of its metric.</summary>
internal static class StudyFigures
{
    /// <summary>"62.0 % [58.1, 65.8]", "41.2 [38.0, 44.4]".</summary>
    public static string Value(MetricUnit unit, CellFigure? figure)
    {
        if (figure is null || !double.IsFinite(figure.Value))
            return Figures.None;
        var ends = Ends(figure);
        var factor = Factor(unit);
        var decimals = Decimals(unit, [figure.Value, .. ends is { } both ? new[] { both.Low, both.High } : []]);
        string Fixed(double value) => Figures.Fixed(factor * value, decimals);
        return $"{Fixed(figure.Value)}{Sign(unit)}{(ends is { } interval ? $" [{Fixed(interval.Low)}, {Fixed(interval.High)}]" : "")}";
    }

    /// <summary>"+3.7 points", "-0.52 dB".</summary>
    public static string Difference(PairedComparison comparison)
    {
        var unit = comparison.Metric.Unit;
        return Signed(Factor(unit) * comparison.Difference, DifferenceDecimals(comparison))
            + unit switch { MetricUnit.Share => " points", MetricUnit.Decibels => " dB", _ => "" };
    }

    /// <summary>"2 points", "0.002", "0.5 dB": a difference without a sign.</summary>
    public static string Amount(MetricUnit unit, double value) =>
        (Factor(unit) * value).ToString("0.######", CultureInfo.InvariantCulture)
            + unit switch { MetricUnit.Share => " points", MetricUnit.Decibels => " dB", _ => "" };

    /// <summary>"[-2.0, 9.3]" in the unit of the difference; "–" where there is none.</summary>
    public static string Interval(PairedComparison comparison)
    {
        var (factor, decimals) = (Factor(comparison.Metric.Unit), DifferenceDecimals(comparison));
        return comparison.Interval is { } interval
            ? $"[{Figures.Fixed(factor * interval.Low, decimals)}, {Figures.Fixed(factor * interval.High, decimals)}]"
            : Figures.None;
    }

    /// <summary>"± 2.1", in the unit of the difference.</summary>
    public static string ImageNoise(PairedComparison comparison) =>
        comparison.ImageNoise is { } noise ? "± " + Figures.Number(Factor(comparison.Metric.Unit) * noise, 2) : Figures.None;

    /// <summary>Means of both arms without intervals.</summary>
    public static string Mean(MetricUnit unit, IEnumerable<double> values) => Value(unit, new CellFigure(values.Average()));

    /// <summary>"0.25", "0.003", "&lt; 0.001"; what lies below 0.05 is never rounded up to it.</summary>
    public static string Probability(double? p) => p switch
    {
        null => Figures.None,
        < 0.001 => "< 0.001",
        >= 0.0495 and < 0.05 => (Math.Floor(p.Value * 1e4) / 1e4).ToString("0.####", CultureInfo.InvariantCulture),
        { } value => value.ToString(value < 0.1 ? "0.###" : "0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>"1.24", "∞".</summary>
    public static string Effect(double? size) => size is { } value ? double.IsFinite(value) ? Signed(value, 2) : Figures.Number(value) : Figures.None;

    private static Interval? Ends(CellFigure figure) =>
        figure is { Low: { } low, High: { } high } && double.IsFinite(low) && double.IsFinite(high) ? new(low, high) : null;

    private static double Factor(MetricUnit unit) => unit == MetricUnit.Share ? 100 : 1;

    private static string Sign(MetricUnit unit) => unit switch { MetricUnit.Share => " %", MetricUnit.Decibels => " dB", _ => "" };

    private static int DifferenceDecimals(PairedComparison comparison) =>
        Decimals(
            comparison.Metric.Unit,
            [
                comparison.Difference,
                .. comparison.Interval is { } ends && double.IsFinite(ends.Low) && double.IsFinite(ends.High)
                    ? new[] { ends.Low, ends.High }
                    : [],
            ]);

    // As many decimals as give the largest number three digits.
    private static int Decimals(MetricUnit unit, IEnumerable<double> values)
    {
        var largest = values.Max(Math.Abs);
        return unit == MetricUnit.Share ? 1 : largest == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(largest)), 0, 9);
    }

    private static string Signed(double value, int decimals) => (Math.Round(value, decimals) > 0 ? "+" : "") + Figures.Fixed(value, decimals);
}
