using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange.Parsing;

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
