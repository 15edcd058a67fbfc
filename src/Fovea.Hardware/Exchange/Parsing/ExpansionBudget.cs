namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>
/// What one text may cost: a few lines of nested gate definitions can stand for any number of gates, so gates and
/// arithmetic steps are counted while they are expanded.
/// </summary>
internal sealed class ExpansionBudget
{
    /// <summary>The most gates a text may stand for, counting calls of defined gates.</summary>
    public const int MaxOperations = 1_000_000;

    /// <summary>The most arithmetic steps a text may take.</summary>
    public const int MaxSteps = 20_000_000;

    private int _operations;
    private int _steps;

    public void SpendOperation(SourcePosition position)
    {
        if (++_operations > MaxOperations)
            throw position.Error("the circuit expands to too many gates", $"at most {MaxOperations} gates and calls of defined gates are read");
    }

    public void SpendSteps(int steps, SourcePosition position)
    {
        _steps += steps;
        if (_steps > MaxSteps)
            throw position.Error("the angles take too much arithmetic", $"at most {MaxSteps} steps are done");
    }
}
