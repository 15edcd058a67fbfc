using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Definitions;

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
