namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>One statement of a section or a block.</summary>
/// <param name="line">The line it begins in.</param>
internal abstract class Statement(int line)
{
    /// <summary>The line it begins in.</summary>
    public int Line => line;

    /// <summary>Appends its gates.</summary>
    /// <exception cref="Core.Errors.InputException">It breaks a rule with the values of the frame.</exception>
    public abstract void Run(Frame frame, LayerBuild build);

    /// <summary>Runs statements in turn.</summary>
    public static void RunAll(IReadOnlyList<Statement> statements, Frame frame, LayerBuild build)
    {
        foreach (var statement in statements)
        {
            build.Step(statement.Line, frame);
            statement.Run(frame, build);
        }
    }
}
