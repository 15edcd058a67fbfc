namespace Fovea.Hardware.Exchange.Parsing;

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
