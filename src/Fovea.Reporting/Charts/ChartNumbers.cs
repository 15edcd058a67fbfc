namespace Fovea.Reporting.Charts;

/// <summary>
/// Numbers in the pictures of charts. These are drawn with one font of the machine, and not every font has the raised digits that pages write powers of ten
/// with: a font without them draws boxes.
/// </summary>
public static class ChartNumbers
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>As <see cref="Figures.Number"/>, with powers of ten as in "1e-5".</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Its digits, 1 or more.</param>
    public static string Text(double value, int digits = 3) => Plain(Figures.Number(value, digits));

    /// <summary>A text with powers of ten written without raised digits: "1.2×10⁻⁵" as "1.2e-5".</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Replace("×10", "e", StringComparison.Ordinal).Select(Lowered));
    }

    private static char Lowered(char letter) => letter == '⁻' ? '-'
        : Raised.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit) : letter;
}
