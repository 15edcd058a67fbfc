using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Language;

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

/// <summary>Finds the blocks of a definition before their bodies are read, so that they may call each other in any order.</summary>
internal static class BlockReader
{
    /// <summary>The blocks by their names, still without bodies.</summary>
    /// <exception cref="InputException">The line that begins a block breaks a rule, or its name is taken.</exception>
    public static IReadOnlyDictionary<string, Block> Declare(IReadOnlyList<SourceLine> lines, DefinitionSource source)
    {
        var blocks = new Dictionary<string, Block>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => line.Keyword == "block"))
        {
            var tokens = new TokenReader(line, source);
            tokens.Expect("block");
            var name = tokens.ExpectName("the name of the block");
            RequireFree(name, tokens);
            if (!blocks.TryAdd(name, new Block(name, line.Number, ReadParameters(tokens))))
                throw tokens.Problem($"block '{name}' is there already, in line {blocks[name].Line}");
        }

        return blocks;
    }

    private static void RequireFree(string name, TokenReader tokens)
    {
        if (NamedGate.Find(name) is { } gate)
            throw tokens.Problem($"block {DefinitionSource.Quote(name)} has the name of the gate {gate.Name}; choose another");
        if (Keywords.All.Contains(name))
            throw tokens.Problem($"block {DefinitionSource.Quote(name)} has the name of a keyword; choose another");
    }

    private static Scope ReadParameters(TokenReader tokens)
    {
        var scope = Scope.OfLayer();
        tokens.Expect("(");
        if (tokens.Next.Text != ")")
        {
            do
                scope.Declare(VariableNames.NewName(tokens, scope, "parameter"));
            while (tokens.TryTake(","));
        }

        tokens.Expect(")");
        tokens.ExpectEnd();
        return scope;
    }
}

/// <summary>Finds blocks that call themselves, at once or through others, and blocks that call each other too deep.</summary>
internal sealed class BlockCycles(DefinitionSource source)
{
    private const int MaxDepth = 32;
    private readonly Dictionary<Block, int> _heights = [];
    private readonly List<Block> _path = [];

    /// <summary>Checks every block.</summary>
    /// <exception cref="InputException">There is a cycle, or a chain of calls that is too long.</exception>
    public void Check(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
            Height(block, block.Line);
    }

    // The number of blocks in the longest chain of calls from this one on, itself included.
    private int Height(Block block, int line)
    {
        if (_path.IndexOf(block) is var start and >= 0)
            throw source.Problem(line, $"block '{block.Name}' calls itself: {string.Join(" → ", _path.Skip(start).Append(block).Select(b => b.Name))}");
        if (!_heights.TryGetValue(block, out var height))
        {
            RequireShallow(_path.Count + 1, line);
            _path.Add(block);
            foreach (var (callLine, called) in block.Calls)
                height = Math.Max(height, Height(called, callLine));
            _path.RemoveAt(_path.Count - 1);
            _heights.Add(block, ++height);
        }

        RequireShallow(_path.Count + height, line);
        return height;
    }

    private void RequireShallow(int depth, int line)
    {
        if (depth > MaxDepth)
            throw source.Problem(line, $"blocks call each other too deep; allowed: chains of up to {MaxDepth}");
    }
}
