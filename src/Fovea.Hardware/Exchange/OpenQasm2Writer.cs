using Fovea.Core.Errors;
using Fovea.Hardware.Exchange.Writing;
using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange;

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
