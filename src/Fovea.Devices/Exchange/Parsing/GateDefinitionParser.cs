using System.Collections.Immutable;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>
/// Reads "gate name(parameters) qubits { calls }". A definition sees the gates before it only, so that no gate can contain
/// itself.
/// </summary>
internal sealed class GateDefinitionParser(
    TokenStream tokens, ProgramState state, ExpressionParser expressions, GateCallParser calls)
{
    private const int MaxNames = 64;

    public void Read()
    {
        tokens.Take();
        var name = tokens.ExpectName("after 'gate'");
        var parameters = ReadParameters();
        var qubits = ReadNames("as a qubit of a gate definition");
        foreach (var both in parameters.Intersect(qubits))
            throw name.Position.Error($"'{both}' is a parameter and a qubit of {name}", "the names in a definition differ");
        tokens.Expect("{", "before the body of a gate definition");
        expressions.Parameters = parameters;
        var body = ImmutableArray.CreateBuilder<GateCall>();
        while (!tokens.Accept("}"))
        {
            if (ReadCall(name, qubits) is { } call)
                body.Add(call);
        }

        expressions.Parameters = [];
        var gate = new DefinedGate(name.Text, parameters.Count, qubits.Count, body.ToImmutable());
        GateCallParser.CheckDepth(gate, name.Position);
        state.Declare(name, new GateSymbol(gate));
    }

    private List<string> ReadParameters()
    {
        if (!tokens.Accept("(") || tokens.Accept(")"))
            return [];
        var parameters = ReadNames("as a parameter of a gate definition");
        tokens.Expect(")", "after the parameters of a gate definition");
        return parameters;
    }

    private List<string> ReadNames(string context)
    {
        var names = new List<string>();
        do
        {
            var name = tokens.ExpectName(context);
            if (names.Contains(name.Text))
                throw name.Position.Error($"{name} stands here twice", "the names in a definition differ");
            if (names.Count == MaxNames)
                throw name.Position.Error("too many names in a gate definition", $"at most {MaxNames} parameters and {MaxNames} qubits are read");
            names.Add(name.Text);
        }
        while (tokens.Accept(","));
        return names;
    }

    private GateCall? ReadCall(Token definition, List<string> qubits)
    {
        var start = tokens.Peek;
        if (start.Kind == TokenKind.End)
            throw start.Position.Error($"the definition of {definition} is not closed", "it ends with '}'");
        if (start.IsWord(definition.Text))
            throw start.Position.Error($"the gate {definition} calls itself", "a definition calls gates defined before it");
        if (start.IsWord("barrier"))
        {
            tokens.Take();
            if (!tokens.Peek.IsSymbol(";"))
                ReadOperands(qubits);
            tokens.Expect(";", "after a barrier");
            return null;
        }

        if (start.IsWord("measure") || start.IsWord("reset"))
            throw start.Position.Error($"{start} in a gate definition", "a definition holds gates and barriers only");
        var (gate, angles) = calls.ReadHead();
        var operands = gate.WireCount == 0 ? [] : ReadOperands(qubits);
        GateCallParser.CheckOperands(gate, operands.Length, start.Position);
        if (operands.Distinct().Count() != operands.Length)
            throw start.Position.Error($"'{gate.Name}' gets one qubit twice", "the qubits of a gate differ");
        tokens.Expect(";", "after a gate's qubits");
        return new GateCall(gate, angles, operands);
    }

    private ImmutableArray<int> ReadOperands(List<string> qubits)
    {
        var operands = ImmutableArray.CreateBuilder<int>();
        do
        {
            var name = tokens.ExpectName("as a qubit of a gate");
            var index = qubits.IndexOf(name.Text);
            operands.Add(index >= 0 ? index : throw name.Position.Error(
                $"{name} is no qubit of this definition", "a definition acts on its own qubits, which have no index"));
        }
        while (tokens.Accept(","));
        return operands.ToImmutable();
    }
}
