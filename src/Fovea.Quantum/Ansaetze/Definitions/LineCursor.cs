namespace Fovea.Quantum.Ansaetze.Definitions;

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
