using System.Globalization;
using Fovea.Reporting.Charts;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Logarithmic axes: plots hold log₁₀ of their values, ticks say the values.</summary>
internal static class LogTicks
{
    private const double Margin = 0.06;

    // Share of the axis that a label of six digits takes on the narrowest panels.
    private const double LabelDistance = 0.15;

    // Within a factor of ten there are hardly three of the numbers 1, 2 and 5.
    private const double FewDecades = 1;

    /// <summary>Limits around values and the ticks for them; null when no value is positive.</summary>
    public static CoordinateRange? Range(IEnumerable<double> values)
    {
        double[] logs = [.. values.Where(value => value > 0 && double.IsFinite(value)).Select(Math.Log10)];
        if (logs.Length == 0)
            return null;
        var (low, high) = (logs.Min(), logs.Max());
        var margin = Math.Max((high - low) * Margin, 0.08);
        return new(low - margin, high + margin);
    }

    /// <summary>Decades; between them 2 and 5 where there are few decades, and unlabelled ticks.</summary>
    public static ITickGenerator Generator(CoordinateRange range)
    {
        var ticks = new NumericManual();
        var span = range.Max - range.Min;
        if (span < FewDecades)
        {
            AddEven(ticks, Math.Pow(10, range.Min), Math.Pow(10, range.Max));
            return ticks;
        }

        var step = (int)Math.Ceiling(span / 8);
        for (var decade = (int)Math.Floor(range.Min); decade <= range.Max; decade++)
        {
            for (var digit = 1; digit <= 9; digit++)
            {
                var labelled = digit == 1 ? decade % step == 0 : span < 2.2 && digit is 2 or 5;
                Add(ticks, range, decade, digit, labelled);
            }
        }

        return ticks;
    }

    private static void Add(NumericManual ticks, CoordinateRange range, int decade, int digit, bool labelled)
    {
        var position = decade + Math.Log10(digit);
        if (position < range.Min || position > range.Max)
            return;
        if (labelled)
            ticks.AddMajor(position, Label(decade, digit));
        else
            ticks.AddMinor(position);
    }

    // Steps of 1, 2 or 5, seven of them or fewer; a label too near the one before it, as large values are here, is left out.
    private static void AddEven(NumericManual ticks, double low, double high)
    {
        var rough = (high - low) / 7;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(digit => digit * power).First(candidate => candidate >= rough);
        var last = double.NegativeInfinity;
        for (var tick = Math.Ceiling(low / step); tick * step <= high; tick++)
        {
            var position = Math.Log10(tick * step);
            if (position - last < LabelDistance * Math.Log10(high / low))
            {
                ticks.AddMinor(position);
                continue;
            }

            ticks.AddMajor(position, Even(tick * step));
            last = position;
        }
    }

    private static string Even(double value) =>
        value < 1e-3 ? ChartNumbers.Text(value, 2) : Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Label(int decade, int digit) =>
        ChartNumbers.Text(digit * Math.Pow(10, decade), 1);
}
