namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>One of two lists of statements, by a condition.</summary>
internal sealed class ChoiceStatement(int line, Whole condition, IReadOnlyList<Statement> then, IReadOnlyList<Statement> otherwise) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build) => RunAll(condition.Holds(frame) ? then : otherwise, frame, build);
}
