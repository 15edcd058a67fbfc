using System.Globalization;

namespace Fovea.Core;

/// <summary>Numbers of things in words.</summary>
public static class Counted
{
    /// <summary>"1 block", "2 blocks".</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">One of them.</param>
    /// <param name="plural">What stands behind the noun where there is not one.</param>
    public static string Of(int count, string noun, string plural = "s") =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : plural)}");
}
