namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>What a <see cref="Token"/> is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the line.</summary>
    End,

    /// <summary>A number without sign.</summary>
    Number,

    /// <summary>A word: a gate, a block, a variable or a keyword.</summary>
    Name,

    /// <summary>A shared weight, <c>$name</c>.</summary>
    Weight,

    /// <summary>An operator or a separator.</summary>
    Symbol,
}
