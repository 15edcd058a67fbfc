using System.Collections.Immutable;
using Fovea.Core.Errors;

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>Reads the head of a gate call, "ctrl @ rz(pi/2)", which is the same in circuits and in definitions.</summary>
internal sealed class GateCallParser(TokenStream tokens, ProgramState state, ExpressionParser expressions)
{
    private const int MaxControls = 2;

    /// <summary>
    /// The gate with its modifiers and the angles it is called with, or null for a gphase, whose global phase no measurement
    /// sees.
    /// </summary>
    public (Gate Gate, ImmutableArray<Expression> Angles)? ReadHead()
    {
        var modifiers = ReadModifiers();
        var name = tokens.ExpectName("in front of a gate's angles and qubits");
        if (name.Text == "gphase" && !state.IsVersion2)
            return SkipGlobalPhase(name, modifiers);
        var gate = Modify(Find(name), modifiers);
        var angles = ReadAngles();
        if (angles.Length != gate.ParameterCount)
            throw name.Position.Error($"{name} got {Count(angles.Length, "angle")}", $"it takes {gate.ParameterCount}");
        return (gate, angles);
    }

    /// <summary>Whether the number of qubits fits.</summary>
    public static void CheckOperands(Gate gate, int count, SourcePosition position)
    {
        if (count != gate.WireCount)
            throw position.Error($"'{gate.Name}' got {Count(count, "qubit")}", $"it takes {gate.WireCount}");
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private List<Token> ReadModifiers()
    {
        var modifiers = new List<Token>();
        while (tokens.Peek.IsWord("inv") || tokens.Peek.IsWord("ctrl"))
        {
            var modifier = tokens.Take();
            var repeats = 1;
            if (modifier.Text == "ctrl" && tokens.Accept("("))
            {
                repeats = expressions.ReadInteger(1, MaxControls, "a number of controls");
                tokens.Expect(")", "after a number of controls");
            }

            tokens.Expect("@", "after a modifier");
            modifiers.AddRange(Enumerable.Repeat(modifier, repeats));
        }

        return modifiers;
    }

    private Gate Find(Token name)
    {
        if (state.Find(name.Text) is GateSymbol { Gate: var gate })
            return gate;
        var include = state.IsVersion2 ? StandardGates.Qelib1 : StandardGates.StdGates;
        var file = state.IsVersion2 ? "qelib1.inc" : "stdgates.inc";
        throw include.Any(standard => standard.Name == name.Text)
            ? name.Position.Error($"the gate {name} is not known here", $"it comes with include \"{file}\";")
            : name.Position.Error(
                $"the gate {name} is not known here",
                $"gates come from {file} or are defined before their use" + NearestName.Hint(name.Text, include.Select(standard => standard.Name)));
    }

    private static Gate Modify(Gate gate, List<Token> modifiers)
    {
        foreach (var modifier in Enumerable.Reverse(modifiers))
        {
            var isControl = modifier.Text == "ctrl";
            if (isControl && !gate.HasExactPhase)
                throw modifier.Position.Error($"ctrl @ on '{gate.Name}'", ControlledGate.Allowed);
            gate = isControl ? new ControlledGate(gate) : new InverseGate(gate);
            CheckDepth(gate, modifier.Position);
        }

        return gate;
    }

    /// <summary>Whether definitions and modifiers are not too deep inside one another.</summary>
    public static void CheckDepth(Gate gate, SourcePosition position)
    {
        if (gate.Depth > Gate.MaxDepth)
            throw position.Error("gates are nested too deeply", $"at most {Gate.MaxDepth} definitions and modifiers stand inside one another");
    }

    private ImmutableArray<Expression> ReadAngles()
    {
        if (!tokens.Accept("(") || tokens.Accept(")"))
            return [];
        var angles = ImmutableArray.CreateBuilder<Expression>();
        do
            angles.Add(expressions.Read());
        while (tokens.Accept(","));
        tokens.Expect(")", "after a gate's angles");
        return angles.ToImmutable();
    }

    private (Gate Gate, ImmutableArray<Expression> Angles)? SkipGlobalPhase(Token name, List<Token> modifiers)
    {
        if (modifiers.Exists(modifier => modifier.Text == "ctrl"))
            throw name.Position.Error("ctrl @ on 'gphase'", ControlledGate.Allowed);
        if (ReadAngles().Length != 1)
            throw name.Position.Error("gphase without its angle", "it takes 1");
        tokens.Expect(";", "after a gphase");
        return null;
    }
}
