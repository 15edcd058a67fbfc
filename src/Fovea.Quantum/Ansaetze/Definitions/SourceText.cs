namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>Cuts the text of a definition into lines.</summary>
internal static class SourceText
{
    /// <summary>Most bytes of a definition in UTF-8.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Most characters of a line. It bounds how deep an expression can be.</summary>
    public const int MaxLineLength = 1000;

    /// <summary>The lines that are neither blank nor all comment.</summary>
    /// <exception cref="Core.Errors.InputException">The text is too large, a line is too long, or nothing is left.</exception>
    public static IReadOnlyList<SourceLine> Lines(string text, DefinitionSource source)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MaxBytes)
            throw TooLarge(source);
        var lines = new List<SourceLine>();
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            if (raw.Length > MaxLineLength)
                throw source.Problem(index + 1, $"the line has {raw.Length} characters; allowed: up to {MaxLineLength}");
            var said = raw.Split('#')[0].Trim(' ', '\t', '\r');
            if (said.Length > 0)
                lines.Add(new SourceLine(index + 1, said));
        }

        return lines.Count > 0 ? lines : throw source.Problem(1, "the file is empty; its first line is 'ansatz NAME'");
    }

    /// <summary>What is said of a text of more than <see cref="MaxBytes"/>.</summary>
    public static Core.Errors.InputException TooLarge(DefinitionSource source) =>
        source.Problem($"is larger than an ansatz may be; allowed: up to {MaxBytes / 1024} KiB");
}
