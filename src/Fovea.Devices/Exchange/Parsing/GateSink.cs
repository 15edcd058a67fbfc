using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>Receives the gates that a call stands for.</summary>
internal sealed class GateSink(ExpansionBudget budget)
{
    /// <summary>Gates so far, in time order.</summary>
    public List<Operation> Operations { get; } = [];

    /// <summary>Global phases so far, to be added: e^{iφ} in front of the gates.</summary>
    public List<Angle> Phases { get; } = [];

    /// <summary>Where the work is counted.</summary>
    public ExpansionBudget Budget { get; } = budget;

    /// <summary>The call in the circuit that is being expanded, for messages.</summary>
    public SourcePosition Position { get; set; }

    /// <summary>An empty sink for the same call.</summary>
    public GateSink Branch() => new(Budget) { Position = Position };

    public void Add(GateKind kind, params ReadOnlySpan<int> wires) => Add(new Operation(kind, wires));

    /// <summary>
    /// One rotation for each part of the angle: every gate here with an angle is exp(−iθG) with one fixed G, so that
    /// R(a + b) = R(a)·R(b).
    /// </summary>
    public void Add(GateKind kind, AngleForm angle, params ReadOnlySpan<int> wires)
    {
        foreach (var part in angle.Angles())
            Add(new Operation(kind, wires, part));
    }

    /// <summary>A factor e^{iφ}, kept for a control around it.</summary>
    public void AddPhase(AngleForm angle) => Phases.AddRange(angle.Angles());

    public void Add(Operation operation)
    {
        Budget.SpendOperation(Position);
        Operations.Add(operation);
    }
}

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
