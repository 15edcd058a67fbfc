using Fovea.Core.Errors;
using Fovea.Hardware.Exchange.Writing;
using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Exchange;

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
