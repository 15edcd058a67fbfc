using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>A gate that a text may call.</summary>
/// <param name="Name">As called.</param>
/// <param name="ParameterCount">Angles it takes.</param>
/// <param name="WireCount">Qubits it takes.</param>
internal abstract record Gate(string Name, int ParameterCount, int WireCount)
{
    /// <summary>The most definitions inside one another.</summary>
    public const int MaxDepth = 64;

    /// <summary>Levels of definitions below this one; 0 for a gate of an include file.</summary>
    public virtual int Depth => 0;

    /// <summary>Appends the gates this stands for, and its global phase.</summary>
    /// <param name="sink">Receives the gates.</param>
    /// <param name="angles">[ParameterCount].</param>
    /// <param name="wires">[WireCount], distinct.</param>
    public abstract void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires);
}

/// <summary>A gate that is built into the language or stands in an include file.</summary>
internal sealed record StandardGate(string Name, int ParameterCount, int WireCount, GateExpansion Expansion)
    : Gate(Name, ParameterCount, WireCount)
{
    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires) =>
        Expansion(sink, angles, wires);
}

/// <summary>A gate that the text defines: calls of gates known before it.</summary>
internal sealed record DefinedGate(string Name, int ParameterCount, int WireCount, ImmutableArray<GateCall> Body)
    : Gate(Name, ParameterCount, WireCount)
{
    private readonly int _depth = Body.Select(call => call.Gate.Depth).DefaultIfEmpty(0).Max() + 1;

    public override int Depth => _depth;

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        sink.Budget.SpendOperation(sink.Position);
        foreach (var call in Body)
        {
            var callAngles = call.EvaluateAngles(angles, sink.Budget);
            var callWires = new int[call.Operands.Length];
            for (var i = 0; i < callWires.Length; i++)
                callWires[i] = wires[call.Operands[i]];
            call.Gate.Expand(sink, callAngles, callWires);
        }
    }
}

/// <summary><c>ctrl @</c> or <c>negctrl @</c> a gate: its gates and its phase under controls.</summary>
/// <param name="Inner">The gate.</param>
/// <param name="Values">[control]: whether the gate acts where the qubit is 1, not where it is 0.</param>
internal sealed record ControlledGate(Gate Inner, ImmutableArray<bool> Values)
    : Gate($"{(Values[0] ? "ctrl" : "negctrl")} @ " + Inner.Name, Inner.ParameterCount, Inner.WireCount + Values.Length)
{
    public override int Depth => Inner.Depth + 1;

    /// <summary>One more control in front; controls of a controlled gate are controls of the gate within.</summary>
    public static ControlledGate Of(Gate gate, bool value) => gate is ControlledGate controlled
        ? new(controlled.Inner, [value, .. controlled.Values])
        : new(gate, [value]);

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        var controls = wires[..Values.Length];
        var plain = sink.Branch();
        Inner.Expand(plain, angles, wires[Values.Length..]);
        Flip(sink, controls);
        var controlled = new ControlledOperations(sink);
        foreach (var operation in plain.Operations)
            controlled.Add(controls, operation);
        foreach (var phase in plain.Phases)
            controlled.AddPhase(controls, phase);
        Flip(sink, controls);
    }

    private void Flip(GateSink sink, ReadOnlySpan<int> controls)
    {
        for (var i = 0; i < controls.Length; i++)
        {
            if (!Values[i])
                sink.Add(GateKind.X, controls[i]);
        }
    }
}

/// <summary><c>inv @</c> a gate: the inverses of its gates in reverse.</summary>
internal sealed record InverseGate(Gate Inner) : Gate("inv @ " + Inner.Name, Inner.ParameterCount, Inner.WireCount)
{
    public override int Depth => Inner.Depth + 1;

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        var forward = sink.Branch();
        Inner.Expand(forward, angles, wires);
        for (var i = forward.Operations.Count - 1; i >= 0; i--)
            AddInverse(sink, forward.Operations[i]);
        sink.Phases.AddRange(forward.Phases.Select(angle => angle.Times(-1)));
    }

    private static void AddInverse(GateSink sink, Operation operation)
    {
        var wires = operation.Wires.AsSpan();
        switch (operation.Kind)
        {
            case GateKind.S:
                sink.Add(GateKind.Phase, AngleForm.Constant(-Math.PI / 2), wires);
                break;
            case GateKind.T:
                sink.Add(GateKind.Phase, AngleForm.Constant(-Math.PI / 4), wires);
                break;
            case GateKind.SX:
                StandardGates.AddInverseRoot(sink, wires[0]);
                break;
            default:
                // The others are their own inverse, or turn by an angle.
                sink.Add(operation.Angle is { } angle ? new Operation(operation.Kind, wires, angle.Times(-1)) : operation);
                break;
        }
    }
}

/// <summary>A call inside a gate definition.</summary>
/// <param name="Gate">What is called.</param>
/// <param name="Angles">[ParameterCount of the gate].</param>
/// <param name="Operands">Indices of the definition's qubits, distinct.</param>
internal sealed record GateCall(Gate Gate, ImmutableArray<Expression> Angles, ImmutableArray<int> Operands)
{
    public AngleForm[] EvaluateAngles(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget)
    {
        var values = new AngleForm[Angles.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Angles[i].Evaluate(parameters, budget);
        return values;
    }
}

/// <summary>Appends what a gate stands for.</summary>
internal delegate void GateExpansion(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires);

/// <summary><c>gphase(φ)</c>: the factor e^{iφ}, which matters under a control only.</summary>
internal sealed record GlobalPhaseGate() : Gate("gphase", 1, 0)
{
    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires) => sink.AddPhase(angles[0]);
}

/// <summary><c>pow(k) @</c> a gate for a whole k: the gate k times, or its inverse −k times.</summary>
internal sealed record PowerGate(Gate Inner, int Exponent) : Gate("pow @ " + Inner.Name, Inner.ParameterCount, Inner.WireCount)
{
    /// <summary>The largest |k|.</summary>
    public const int MaxExponent = 1024;

    public override int Depth => Inner.Depth + 1;

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        var gate = Exponent < 0 ? new InverseGate(Inner) : Inner;
        for (var i = 0; i < Math.Abs(Exponent); i++)
        {
            sink.Budget.SpendOperation(sink.Position);
            gate.Expand(sink, angles, wires);
        }
    }
}
