namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>A named list of statements. Its body comes after its name is known, because blocks may be called before they are read.</summary>
/// <param name="name">Its name.</param>
/// <param name="line">The line it begins in.</param>
/// <param name="scope">The variables of its body, its parameters among them.</param>
internal sealed class Block(string name, int line, Scope scope)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The line it begins in.</summary>
    public int Line => line;

    /// <summary>The variables that its body may name.</summary>
    public Scope Scope => scope;

    /// <summary>Number of parameters. Their slots begin at <see cref="Scope.FirstFreeSlot"/>.</summary>
    public int ParameterCount { get; } = scope.Names.Count - Scope.FirstFreeSlot;

    /// <summary>How many slots its frame needs.</summary>
    public int FrameSize => scope.Size;

    /// <summary>The blocks that its body calls, with the lines of the calls.</summary>
    public IList<(int Line, Block Called)> Calls { get; } = [];

    /// <summary>Its statements.</summary>
    public IReadOnlyList<Statement> Body { get; set; } = [];
}
