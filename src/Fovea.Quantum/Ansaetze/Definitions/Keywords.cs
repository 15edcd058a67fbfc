namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>The words that nothing else may be called.</summary>
internal static class Keywords
{
    /// <summary>What a line outside the sections can begin with.</summary>
    public static IReadOnlyList<string> Top { get; } = ["ansatz", "alias", "about", "status", "wires", "block", "initial", "layer"];

    /// <summary>What a statement can begin with, besides gates and blocks.</summary>
    public static IReadOnlyList<string> Statements { get; } = ["for", "if", "unused"];

    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>([.. Top, .. Statements, "else", "end", "step", "and", "or", "not", "pi"]);
}
