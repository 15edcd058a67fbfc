using Fovea.Core.Errors;
using Fovea.Devices.Exchange.Writing;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange;

/// <summary>Writes a circuit as OpenQASM 2.0, which has no parameters: all weights and inputs need values.</summary>
public static class OpenQasm2Writer
{
    /// <summary>The program, lines ended by "\n". Every wire is measured in the Z basis at the end.</summary>
    /// <param name="circuit">A circuit that starts from |0…0⟩.</param>
    /// <param name="export">Values for every weight and input that the circuit has.</param>
    /// <exception cref="InputException">
    /// The circuit starts from amplitudes, weights or inputs have no values, or the values do not fit.
    /// </exception>
    public static string Write(Circuit circuit, CircuitExport export)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(export);
        export.Check(circuit);
        RefuseUnbound(circuit.WeightCount, export.Weights, "weights");
        RefuseUnbound(circuit.InputCount, export.Inputs, "inputs");
        var text = new QasmText(circuit, export, GateSpellings.Version2);
        text.Comments();
        text.Line("OPENQASM 2.0;");
        text.Line("include \"qelib1.inc\";");
        text.Definitions();
        text.Line($"qreg q[{circuit.WireCount}];");
        text.Line($"creg c[{circuit.WireCount}];");
        text.Gates();
        for (var wire = 0; wire < circuit.WireCount; wire++)
            text.Line($"measure q[{wire}] -> c[{wire}];");
        return text.ToString();
    }

    private static void RefuseUnbound(int count, IReadOnlyList<double>? values, string what)
    {
        if (count > 0 && values is null)
            throw new InputException($"OpenQASM 2 has no parameters: the circuit's {what} need values; OpenQASM 3 can leave them open");
    }
}

/// <summary>Writes a circuit as OpenQASM 3.0; weights and inputs without values become parameters of the program.</summary>
public static class OpenQasm3Writer
{
    /// <summary>The program, lines ended by "\n". Every wire is measured in the Z basis at the end.</summary>
    /// <param name="circuit">A circuit that starts from |0…0⟩.</param>
    /// <param name="export">Values and names; null leaves weights and inputs as parameters.</param>
    /// <exception cref="InputException">The circuit starts from amplitudes, or values or names do not fit it.</exception>
    public static string Write(Circuit circuit, CircuitExport? export = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        export ??= new CircuitExport();
        export.Check(circuit);
        var text = new QasmText(circuit, export, GateSpellings.Version3);
        text.Comments();
        text.Line("OPENQASM 3.0;");
        text.Line("include \"stdgates.inc\";");
        for (var i = 0; export.Inputs is null && i < circuit.InputCount; i++)
            text.Line($"input float[64] {export.InputName(i)};");
        for (var i = 0; export.Weights is null && i < circuit.WeightCount; i++)
            text.Line($"input float[64] {export.WeightName(i)};");
        text.Definitions();
        text.Line($"qubit[{circuit.WireCount}] q;");
        text.Line($"bit[{circuit.WireCount}] c;");
        text.Gates();
        for (var wire = 0; wire < circuit.WireCount; wire++)
            text.Line($"c[{wire}] = measure q[{wire}];");
        return text.ToString();
    }
}
