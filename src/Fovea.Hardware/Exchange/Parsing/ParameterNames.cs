namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>Which names an exported parameter may have.</summary>
internal static class ParameterNames
{
    /// <summary>Words that exported files use themselves.</summary>
    private static readonly HashSet<string> Taken =
    [
        "OPENQASM", "include", "qubit", "bit", "qreg", "creg", "input", "const", "gate", "measure", "barrier", "reset", "gphase",
        "inv", "ctrl", "pi", "tau", "euler", "void", "true", "false", "im", "q", "c", "U",
        .. FunctionExpression.Functions.Keys,
        .. StandardGates.StdGates.Select(gate => gate.Name),
        .. StandardGates.Qelib1.Select(gate => gate.Name),
    ];

    public static bool IsAllowed(string? name) => !string.IsNullOrEmpty(name)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0])
        && !Taken.Contains(name) && UnsupportedWords.Find(name) is null;
}
