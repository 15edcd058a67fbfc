using System.Globalization;

namespace Fovea.Reporting;

/// <summary>Numbers for readers: three digits, sampling errors to the digit that they allow.</summary>
public static class Figures
{
    /// <summary>What stands for a figure that there is none of.</summary>
    public const string None = "–";

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>"0.0123", "1.23×10⁻⁵", "45600".</summary>
    public static string Number(double value, int digits = 3)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? None : value > 0 ? "∞" : "-∞";
        if (value == 0)
            return "0";
        var exponent = Exponent(value);
        return Rounded(value / Math.Pow(10, exponent), digits - 1 - Magnitude(value / Math.Pow(10, exponent))) + Power(exponent);
    }

    /// <summary>"0.123 ± 0.004", "(1.23 ± 0.04)×10⁻⁵"; without ± where the error is 0 or not known.</summary>
    public static string WithError(double value, double error)
    {
        if (error == 0 || !double.IsFinite(error) || !double.IsFinite(value))
            return Number(value);
        var exponent = Exponent(Math.Max(Math.Abs(value), error));
        var scale = Math.Pow(10, exponent);
        var decimals = ErrorDecimals(error / scale);
        var text = $"{Rounded(value / scale, decimals)} ± {Rounded(error / scale, decimals)}";
        return exponent == 0 ? text : $"({text}){Power(exponent)}";
    }

    /// <summary>"12 %".</summary>
    public static string Percent(double share) => $"{Number(share * 100, share >= 1 ? 3 : 2)} %";

    /// <summary>A whole number with its thousands apart: 1,234.</summary>
    public static string Thousands(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"12.5 s", "3.40 min".</summary>
    public static string Duration(double seconds, int digits = 3) =>
        seconds < 120 ? $"{Number(seconds, digits)} s" : seconds < 7200 ? $"{Number(seconds / 60, digits)} min" : $"{Number(seconds / 3600, digits)} h";

    /// <summary>"-0.50", with so many decimals. A minus before nothing but zeros is dropped: it would tell of a difference that is none.</summary>
    public static string Fixed(double value, int decimals) =>
        (Math.Round(value, decimals) + 0.0).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A number for programs to read: the shortest text that is exactly it, with a point; NaN, which says nothing, as "".</summary>
    public static string Exact(double value) =>
        double.IsNaN(value) ? "" : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity") : value.ToString("R", CultureInfo.InvariantCulture);

    // Two digits of an error that begins with 1, one of others: enough to weigh it, and it is itself a sample's.
    private static int ErrorDecimals(double error)
    {
        var magnitude = Magnitude(error);
        return (error / Math.Pow(10, magnitude) < 2 ? 1 : 0) - magnitude;
    }

    private static int Exponent(double value) => value == 0 || (Math.Abs(value) >= 1e-3 && Math.Abs(value) < 1e6) ? 0 : Magnitude(value);

    private static int Magnitude(double value) => value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));

    // The formatter rounds the exact value; Math.Round in Fixed rounds a scaled one, and some halves fall otherwise.
    private static string Rounded(double value, int decimals) =>
        value.ToString("F" + Math.Clamp(decimals, 0, 9).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Power(int exponent) =>
        exponent == 0
            ? ""
            : "×10" + (exponent < 0 ? "⁻" : "")
                + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));
}
