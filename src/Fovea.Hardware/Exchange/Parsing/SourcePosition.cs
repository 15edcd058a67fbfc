using Fovea.Core.Errors;

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A place in a text, for messages: "bell.qasm:3:7".</summary>
/// <param name="Source">Name of the text.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
internal readonly record struct SourcePosition(string Source, int Line, int Column)
{
    /// <summary>The exception for something wrong here: "bell.qasm:3:7: what; what is allowed".</summary>
    public InputException Error(string what, string allowed) => new($"{this}: {what}; {allowed}");

    public override string ToString() => $"{Source}:{Line}:{Column}";
}
