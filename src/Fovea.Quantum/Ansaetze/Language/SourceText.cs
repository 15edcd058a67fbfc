using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Language;

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

/// <summary>One line of a definition that says something: without comment and outer blanks.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Text">What it says, never empty.</param>
internal sealed record SourceLine(int Number, string Text)
{
    /// <summary>The first word.</summary>
    public string Keyword => Text[..KeywordLength];

    /// <summary>What follows the first word.</summary>
    public string Rest => Text[KeywordLength..].Trim(' ', '\t');

    private int KeywordLength => Text.AsSpan().IndexOfAny(" \t(") is var end and >= 0 ? end : Text.Length;
}

/// <summary>Reads the lines of a definition from top to bottom.</summary>
internal sealed class LineCursor(IReadOnlyList<SourceLine> lines)
{
    private int _next;

    /// <summary>The next line, or null after the last.</summary>
    public SourceLine? Next => _next < lines.Count ? lines[_next] : null;

    /// <summary>The number of the last line.</summary>
    public int LastNumber => lines[^1].Number;

    /// <summary>Goes on to the line after the next one.</summary>
    public void Advance() => _next++;
}

/// <summary>Where a definition comes from, as its messages name it.</summary>
internal sealed class DefinitionSource(string name)
{
    /// <summary>The name, on one line.</summary>
    public string Name { get; } = PrintableText.Of(name, int.MaxValue);

    /// <summary>"my.ansatz:12: what is wrong".</summary>
    public InputException Problem(int line, string what) => new($"{Name}:{line}: {what}");

    /// <summary>A problem of the whole text.</summary>
    public InputException Problem(string what) => new($"{Name}: {what}");

    /// <summary>A piece of the text in quotes, shortened, with nothing in it that could break the line.</summary>
    public static string Quote(string text) => $"'{PrintableText.Of(text)}'";
}

/// <summary>The statements of <c>initial</c> or <c>layer</c>.</summary>
/// <param name="Body">Its statements.</param>
/// <param name="FrameSize">How many slots its frame needs.</param>
internal sealed record Section(IReadOnlyList<Statement> Body, int FrameSize);
