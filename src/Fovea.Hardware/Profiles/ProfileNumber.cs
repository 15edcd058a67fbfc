using System.Globalization;

namespace Fovea.Hardware.Profiles;

/// <summary>Numbers as TOML writes them.</summary>
internal static class ProfileNumber
{
    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Exact(double value) => Text(value, "R");

    /// <summary>Twelve digits, for messages: a converted time carries a rounding error that nobody wrote.</summary>
    public static string Short(double value) => Text(value, "G12");

    private static string Text(double value, string format) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => value.ToString(format, CultureInfo.InvariantCulture),
    };
}
