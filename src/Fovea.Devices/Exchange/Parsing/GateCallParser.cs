using System.Collections.Immutable;
using Fovea.Core;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>Reads the head of a gate call, "ctrl @ rz(pi/2)", which is the same in circuits and in definitions.</summary>
internal sealed class GateCallParser(TokenStream tokens, ProgramState state, ExpressionParser expressions)
{
    private static readonly string[] Modifiers = ["inv", "ctrl", "negctrl", "pow"];
    private const int MaxControls = 63;

    /// <summary>
    /// The gate with its modifiers and the angles it is called with. A gphase without a control takes no qubits.
    /// </summary>
    public (Gate Gate, ImmutableArray<Expression> Angles) ReadHead()
    {
        var modifiers = ReadModifiers();
        var name = tokens.ExpectName("in front of a gate's angles and qubits");
        var gate = Modify(Find(name), modifiers);
        var angles = ReadAngles();
        if (angles.Length != gate.ParameterCount)
            throw name.Position.Error($"{name} got {Counted.Of(angles.Length, "angle")}", $"it takes {gate.ParameterCount}");
        return (gate, angles);
    }

    /// <summary>Whether the number of qubits fits.</summary>
    public static void CheckOperands(Gate gate, int count, SourcePosition position)
    {
        if (count != gate.WireCount)
            throw position.Error($"'{gate.Name}' got {Counted.Of(count, "qubit")}", $"it takes {gate.WireCount}");
    }

    private List<(Token Word, int Number)> ReadModifiers()
    {
        var modifiers = new List<(Token Word, int Number)>();
        while (!state.IsVersion2 && Modifiers.Contains(tokens.Peek.Text) && tokens.Peek.Kind == TokenKind.Identifier)
        {
            var modifier = tokens.Take();
            var number = 1;
            if (modifier.Text == "pow")
            {
                tokens.Expect("(", "after 'pow'");
                number = expressions.ReadInteger(-PowerGate.MaxExponent, PowerGate.MaxExponent, "an exponent");
                tokens.Expect(")", "after an exponent");
            }
            else if (modifier.Text != "inv" && tokens.Accept("("))
            {
                number = expressions.ReadInteger(1, MaxControls, "a number of controls");
                tokens.Expect(")", "after a number of controls");
            }

            tokens.Expect("@", "after a modifier");
            modifiers.Add((modifier, number));
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
                $"gates come from {file} or are defined before their use" + OtherGateNames.Hint(name.Text, include));
    }

    private static Gate Modify(Gate gate, List<(Token Word, int Number)> modifiers)
    {
        foreach (var (word, number) in Enumerable.Reverse(modifiers))
        {
            gate = word.Text switch
            {
                "inv" => new InverseGate(gate),
                "pow" => new PowerGate(gate, number),
                _ => Enumerable.Repeat(word.Text == "ctrl", number).Aggregate(gate, ControlledGate.Of),
            };
            CheckDepth(gate, word.Position);
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
}

/// <summary>Reads qubits and bits in statements: "q", "q[0]", "q[-1]".</summary>
internal sealed class OperandParser(TokenStream tokens, ProgramState state, ExpressionParser expressions)
{
    /// <summary>One or more, separated by commas.</summary>
    public List<Operand> ReadList(bool isQuantum)
    {
        var operands = new List<Operand>();
        do
            operands.Add(Read(isQuantum));
        while (tokens.Accept(","));
        return operands;
    }

    public Operand Read(bool isQuantum)
    {
        var noun = isQuantum ? "qubit" : "bit";
        if (tokens.Peek.IsSymbol("$"))
            throw tokens.Peek.Position.Error("a physical qubit", "qubits are declared, as in qubit[2] q;");
        var name = tokens.ExpectName($"as a {noun}");
        if (state.Find(name.Text) is not RegisterSymbol register || register.IsQuantum != isQuantum)
            throw name.Position.Error($"{name} is no declared {noun}", $"{noun}s are declared before their use, as in {noun}[2] name;");
        if (!tokens.Accept("["))
            return new Operand(register.First, register.Size, register.IsArray, name.Position);
        if (!register.IsArray)
            throw name.Position.Error($"{name} is a single {noun}", "only arrays have an index");
        var least = state.IsVersion2 ? 0 : -register.Size;
        var index = expressions.ReadInteger(least, register.Size - 1, "an index");
        tokens.Expect("]", "after an index; slices and sets of qubits are not read");
        // A negative index counts from the end.
        return new Operand(register.First + (index < 0 ? index + register.Size : index), 1, false, name.Position);
    }
}

/// <summary>A qubit or bit as named in a statement, or a whole register.</summary>
/// <param name="First">Number of the first.</param>
/// <param name="Size">How many; 1 for one that was indexed.</param>
/// <param name="IsRegister">A whole array, over which a gate is repeated.</param>
/// <param name="Position">Where it stands.</param>
internal readonly record struct Operand(int First, int Size, bool IsRegister, SourcePosition Position);
