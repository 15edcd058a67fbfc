namespace Fovea.Devices.Exchange.Parsing;

/// <summary>Reads the declarations of qubits, bits, inputs and constants.</summary>
internal sealed class DeclarationParser(
    TokenStream tokens, ProgramState state, ExpressionParser expressions, MeasurementParser measurements)
{
    private const int MaxWidth = 4096;

    /// <summary>"qubit[2] q;", "bit c;", "bit[2] c = measure q;".</summary>
    public void ReadRegister(bool isQuantum)
    {
        tokens.Take();
        int? size = null;
        if (tokens.Accept("["))
            size = ReadSize(isQuantum);
        var name = tokens.ExpectName("in a declaration");
        var register = state.DeclareRegister(name, isQuantum, size);
        if (!isQuantum && tokens.Accept("="))
            measurements.ReadMeasure(new Operand(register.First, register.Size, register.IsArray, name.Position));
        tokens.Expect(";", "after a declaration");
    }

    /// <summary>"qreg q[2];", "creg c[2];".</summary>
    public void ReadOldRegister(bool isQuantum)
    {
        tokens.Take();
        var name = tokens.ExpectName("in a declaration");
        int? size = null;
        if (tokens.Accept("["))
            size = ReadSize(isQuantum);
        state.DeclareRegister(name, isQuantum, size);
        tokens.Expect(";", "after a declaration");
    }

    /// <summary>"input float[64] x0;", "input angle x0;".</summary>
    public void ReadInput()
    {
        tokens.Take();
        ReadType("an input", "float", "angle");
        state.DeclareInput(tokens.ExpectName("after the type of an input"));
        tokens.Expect(";", "after an input");
    }

    /// <summary>"const float half = pi / 2;".</summary>
    public void ReadConstant()
    {
        tokens.Take();
        ReadType("a constant", "float", "angle", "int", "uint");
        var name = tokens.ExpectName("after the type of a constant");
        tokens.Expect("=", "after the name of a constant");
        state.Declare(name, new NumberSymbol(AngleForm.Constant(expressions.ReadConstant())));
        tokens.Expect(";", "after a constant");
    }

    private int ReadSize(bool isQuantum)
    {
        var most = isQuantum ? Quantum.Circuits.Circuit.MaxWires : ProgramState.MaxBits;
        var size = expressions.ReadInteger(1, most, isQuantum ? "a number of qubits" : "a number of bits");
        tokens.Expect("]", "after a size");
        return size;
    }

    private void ReadType(string what, params string[] types)
    {
        var type = tokens.Take();
        if (type.Kind != TokenKind.Identifier || !types.Contains(type.Text))
            throw type.Position.Error($"{what} of the type {type}", $"{what} is of the type {string.Join(" or ", types)}");
        if (!tokens.Accept("["))
            return;
        expressions.ReadInteger(1, MaxWidth, "a width");
        tokens.Expect("]", "after a width");
    }
}

/// <summary>Reads measurements: "c[0] = measure q[0];" and "measure q -> c;".</summary>
internal sealed class MeasurementParser(TokenStream tokens, ProgramState state, OperandParser operands)
{
    /// <summary>"measure q -> c;".</summary>
    public void ReadArrow()
    {
        tokens.Take();
        var qubits = operands.Read(isQuantum: true);
        tokens.Expect("->", "after a measured qubit; a measurement goes to a bit");
        var bits = operands.Read(isQuantum: false);
        Measure(qubits, bits);
        tokens.Expect(";", "after a measurement");
    }

    /// <summary>"c = measure q;".</summary>
    public void ReadAssignment()
    {
        var bits = operands.Read(isQuantum: false);
        tokens.Expect("=", "after a measured bit");
        ReadMeasure(bits);
        tokens.Expect(";", "after a measurement");
    }

    /// <summary>"measure q", after the '='.</summary>
    public void ReadMeasure(Operand bits)
    {
        var word = tokens.Take();
        if (!word.IsWord("measure"))
            throw word.Position.Error($"unexpected {word}", "bits get their values from 'measure' only");
        Measure(operands.Read(isQuantum: true), bits);
    }

    private void Measure(Operand qubits, Operand bits)
    {
        if (qubits.Size != bits.Size)
            throw qubits.Position.Error($"{qubits.Size} qubit(s) measured into {bits.Size} bit(s)", "both have the same size");
        for (var i = 0; i < qubits.Size; i++)
            state.Measure(qubits.First + i, bits.First + i, qubits.Position);
    }
}
