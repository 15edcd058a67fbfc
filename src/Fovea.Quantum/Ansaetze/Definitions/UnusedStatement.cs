namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>Weights that no gate uses: a published program may own such.</summary>
internal sealed class UnusedStatement(int line, Whole count) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build)
    {
        var value = count.Value(frame);
        if (value < 0)
            throw frame.Problem(Line, $"unused {value} is not allowed; allowed: 0 and above");
        build.TakeUnused(value, Line, frame);
    }
}
