namespace Fovea.Devices.Exchange.Parsing;

/// <summary>Reads a whole text, statement by statement; each takes effect before the next is read.</summary>
internal sealed class ProgramParser
{
    private const string AllowedVersions = "the text begins with OPENQASM 2.0; or OPENQASM 3.0;";

    private readonly TokenStream _tokens;
    private readonly ProgramState _state;
    private readonly ExpressionParser _expressions;
    private readonly OperandParser _operands;
    private readonly GateCallParser _calls;
    private readonly GateDefinitionParser _definitions;
    private readonly MeasurementParser _measurements;
    private readonly DeclarationParser _declarations;

    private ProgramParser(TokenStream tokens, ProgramState state)
    {
        _tokens = tokens;
        _state = state;
        _expressions = new ExpressionParser(tokens, state);
        _operands = new OperandParser(tokens, state, _expressions);
        _calls = new GateCallParser(tokens, state, _expressions);
        _definitions = new GateDefinitionParser(tokens, state, _expressions, _calls);
        _measurements = new MeasurementParser(tokens, state, _operands);
        _declarations = new DeclarationParser(tokens, state, _expressions, _measurements);
    }

    /// <summary>The state at the end of the text.</summary>
    public static ProgramState Run(TokenStream tokens)
    {
        var parser = new ProgramParser(tokens, new ProgramState(ReadVersion(tokens) == 2));
        while (tokens.Peek.Kind != TokenKind.End)
            parser.ReadStatement();
        return parser._state.Qubits.Count > 0
            ? parser._state
            : throw tokens.Peek.Position.Error("the text declares no qubits", "a circuit has 1 to 64, as in qubit[2] q;");
    }

    private static int ReadVersion(TokenStream tokens)
    {
        var word = tokens.Take();
        if (!word.IsWord("OPENQASM"))
            throw word.Position.Error($"unexpected {word}", AllowedVersions);
        var number = tokens.Take();
        tokens.Expect(";", "after the version");
        return number.Text switch
        {
            "2.0" or "2" => 2,
            "3" or "3.0" or "3.1" => 3,
            _ => throw number.Position.Error($"version {number}", AllowedVersions),
        };
    }

    private void ReadStatement()
    {
        var start = _tokens.Peek;
        if (start.Kind != TokenKind.Identifier)
            throw start.Position.Error($"unexpected {start}", UnsupportedWords.AllowedStatements);
        if (UnsupportedWords.Find(start.Text) is { } reason)
            throw start.Position.Error($"{start}: {reason}", UnsupportedWords.AllowedStatements);
        switch (start.Text)
        {
            case "include": ReadInclude(); break;
            case "qubit" or "bit": _declarations.ReadRegister(start.Text == "qubit"); break;
            case "qreg" or "creg": _declarations.ReadOldRegister(start.Text == "qreg"); break;
            case "input": _declarations.ReadInput(); break;
            case "const": _declarations.ReadConstant(); break;
            case "gate": _definitions.Read(); break;
            case "measure": _measurements.ReadArrow(); break;
            case "barrier": ReadBarrier(); break;
            case "reset": ReadReset(); break;
            case "OPENQASM": throw start.Position.Error("a second version line", AllowedVersions);
            default: ReadNamed(start); break;
        }
    }

    private void ReadNamed(Token start)
    {
        if (_state.Find(start.Text) is RegisterSymbol { IsQuantum: false })
            _measurements.ReadAssignment();
        else
            ReadGate(start);
    }

    private void ReadInclude()
    {
        _tokens.Take();
        var file = _tokens.Take();
        var name = _state.IsVersion2 ? "qelib1.inc" : "stdgates.inc";
        if (file.Kind != TokenKind.Text || file.Text != name)
            throw file.Position.Error($"include of {file}", $"\"{name}\" is built in; other files are not opened");
        var gates = _state.IsVersion2 ? StandardGates.Qelib1 : StandardGates.StdGates;
        foreach (var gate in gates.Where(gate => !StandardGates.IsExtra(gate) && _state.Find(gate.Name) is not (null or GateSymbol { Gate: StandardGate })))
            throw file.Position.Error($"'{gate.Name}' is declared already", $"\"{name}\" is included before other declarations of its names");
        _state.AddGates(gates.Where(gate => _state.Find(gate.Name) is null or GateSymbol { Gate: StandardGate }));
        _tokens.Expect(";", "after an include");
    }

    private void ReadBarrier()
    {
        _tokens.Take();
        if (!_tokens.Peek.IsSymbol(";"))
            _operands.ReadList(isQuantum: true);
        _tokens.Expect(";", "after a barrier");
    }

    private void ReadReset()
    {
        _tokens.Take();
        var qubits = _operands.Read(isQuantum: true);
        for (var i = 0; i < qubits.Size; i++)
            _state.Reset(qubits.First + i, qubits.Position);
        _tokens.Expect(";", "after a reset");
    }

    private void ReadGate(Token start)
    {
        var (gate, expressions) = _calls.ReadHead();
        var operands = gate.WireCount == 0 ? [] : _operands.ReadList(isQuantum: true);
        _tokens.Expect(";", "after a gate's qubits");
        GateCallParser.CheckOperands(gate, operands.Count, start.Position);
        var angles = new AngleForm[expressions.Length];
        for (var i = 0; i < angles.Length; i++)
            angles[i] = expressions[i].Evaluate([], _state.Budget);
        Broadcast(gate, angles, operands, start.Position);
    }

    /// <summary>A gate on whole registers acts on their first qubits, their second qubits and so on.</summary>
    private void Broadcast(Gate gate, AngleForm[] angles, List<Operand> operands, SourcePosition position)
    {
        var registers = operands.Where(operand => operand.IsRegister).ToList();
        var repeats = registers.Count == 0 ? 1 : registers[0].Size;
        foreach (var other in registers.Where(register => register.Size != repeats))
        {
            throw other.Position.Error(
                $"registers of {repeats} and {other.Size} qubits in one gate", "the registers of a gate have the same size");
        }

        var wires = new int[operands.Count];
        for (var i = 0; i < repeats; i++)
        {
            for (var k = 0; k < wires.Length; k++)
                wires[k] = operands[k].First + (operands[k].IsRegister ? i : 0);
            _state.Apply(gate, angles, wires, position);
        }
    }
}
