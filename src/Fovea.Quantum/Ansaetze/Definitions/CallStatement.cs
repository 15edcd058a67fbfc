namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>The statements of a block with values for its parameters.</summary>
internal sealed class CallStatement(int line, Block block, IReadOnlyList<Whole> arguments) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build)
    {
        var inner = frame.ForBlock(block.FrameSize);
        for (var i = 0; i < arguments.Count; i++)
            inner[Scope.FirstFreeSlot + i] = arguments[i].Value(frame);
        RunAll(block.Body, inner, build);
    }
}
