namespace Fovea.Hardware.Exchange.Parsing;

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
