namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>A loop over a range with both ends in it.</summary>
internal sealed class LoopStatement(int line, int slot, (Whole First, Whole Last, Whole Step) range, IReadOnlyList<Statement> body) : Statement(line)
{
    /// <inheritdoc/>
    public override void Run(Frame frame, LayerBuild build)
    {
        var (first, last, step) = (range.First.Value(frame), range.Last.Value(frame), range.Step.Value(frame));
        if (step == 0)
            throw frame.Problem(Line, ZeroStep);
        for (var value = first; step > 0 ? value <= last : value >= last; value += step)
        {
            build.Step(Line, frame);
            frame[slot] = value;
            RunAll(body, frame, build);
        }
    }

    /// <summary>What is said of a loop that would not end.</summary>
    public const string ZeroStep = "the step is 0; allowed: any other whole number";
}
