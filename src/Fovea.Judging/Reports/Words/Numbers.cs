using System.Globalization;
using Fovea.Evaluation.Metrics;
using Fovea.Evaluation.Statistics;
using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Words;

/// <summary>Numbers with their intervals, for readers.</summary>
internal static class Numbers
{
    /// <summary>"12.3 [10.1, 14.9]": all with as many decimals as give the largest three digits.</summary>
    public static string Text(Figure figure)
    {
        if (figure.Interval is not { } interval || !double.IsFinite(interval.Low) || !double.IsFinite(interval.High) || !double.IsFinite(figure.Value))
            return Figures.Number(figure.Value);
        var largest = new[] { figure.Value, interval.Low, interval.High }.Max(Math.Abs);
        var decimals = largest == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(largest)), 0, 9);
        return $"{Figures.Fixed(figure.Value, decimals)} [{Figures.Fixed(interval.Low, decimals)}, {Figures.Fixed(interval.High, decimals)}]";
    }

    /// <summary>"87.5 % [82.2, 91.4]".</summary>
    public static string Share(double share, Interval? interval) => Percent(share) + Ends(interval);

    /// <summary>"-4.5 points [-10.1, 1.2]", of a hundred.</summary>
    public static string Points(ProportionDifference difference) => $"{Figures.Fixed(100 * difference.Value, 1)} points{Ends(difference.Interval)}";

    /// <summary>"12.3 %".</summary>
    public static string Percent(double share) => double.IsFinite(share) ? Figures.Fixed(100 * share, 1) + " %" : Figures.None;

    /// <summary>"5 %", of a percentile.</summary>
    public static string Percentile(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>"0.123 ± 0.004".</summary>
    public static string Text(PairMean mean) => Figures.WithError(mean.Mean, mean.StandardError);

    private static string Ends(Interval? interval) => interval is { } ends ? $" [{Figures.Fixed(100 * ends.Low, 1)}, {Figures.Fixed(100 * ends.High, 1)}]" : "";
}
