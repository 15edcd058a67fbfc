namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>The sorts of words an OpenQASM text is made of.</summary>
internal enum TokenKind
{
    /// <summary>A name or a keyword.</summary>
    Identifier,

    /// <summary>Digits alone.</summary>
    Integer,

    /// <summary>A number with a point or an exponent.</summary>
    Float,

    /// <summary>Text between quotation marks, held without them.</summary>
    Text,

    /// <summary>An operator or a bracket.</summary>
    Symbol,

    /// <summary>After the last word.</summary>
    End,
}
