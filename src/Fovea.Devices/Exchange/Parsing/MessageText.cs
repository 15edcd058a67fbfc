namespace Fovea.Devices.Exchange.Parsing;

/// <summary>Text of a file as it can stand in a message.</summary>
internal static class MessageText
{
    private const int Most = 40;

    /// <summary>In one line whatever the text holds, and cut where it is long.</summary>
    public static string Printable(string text)
    {
        var shown = string.Concat(text.Take(Most).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
        return text.Length > Most ? shown + "…" : shown;
    }
}
