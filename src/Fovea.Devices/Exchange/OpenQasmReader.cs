using Fovea.Core.Errors;
using Fovea.Devices.Exchange.Parsing;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange;

/// <summary>
/// Reads the subset of OpenQASM 3 and OpenQASM 2 that docs/openqasm.md states: circuits of gates with measurements at the
/// end. Anything else is refused with the place and the reason.
/// </summary>
public static class OpenQasmReader
{
    /// <summary>Reads a program.</summary>
    /// <param name="text">The program.</param>
    /// <param name="sourceName">Its name in messages, such as the file's.</param>
    /// <exception cref="InputException">"bell.qasm:3:7: what is wrong; what is allowed", in one line.</exception>
    public static QasmProgram Read(string text, string sourceName = "program")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(sourceName);
        var state = ProgramParser.Run(new TokenStream(Lexer.Read(text, sourceName)));
        var measured = state.WireByBit;
        var observables = measured.Count == 0 ? null : measured.Values.Select(Observable.Z);
        return new QasmProgram
        {
            Circuit = new Circuit(state.Qubits.Count, state.Inputs.Count, 0, state.Sink.Operations, observables),
            Version = state.IsVersion2 ? 2 : 3,
            Inputs = [.. state.Inputs],
            Qubits = [.. state.Qubits],
            Bits = [.. measured.Keys.Select(bit => state.Bits[bit])],
        };
    }
}
