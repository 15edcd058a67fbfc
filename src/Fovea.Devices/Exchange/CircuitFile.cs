using Fovea.Core.Errors;
using Fovea.Devices.Exchange.Parsing;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange;

/// <summary>Circuits as files and texts of any format.</summary>
public static class CircuitFile
{
    /// <summary>Reads JSON from a file that ends in .json, OpenQASM 3 or 2 from any other.</summary>
    /// <exception cref="InputException">The file is missing or breaks a rule; one line that names it.</exception>
    public static CircuitDocument Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = ReadText(path);
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
            return CircuitJsonReader.Read(text, path);
        var program = OpenQasmReader.Read(text, path);
        return new CircuitDocument(program.Circuit, new CircuitExport { InputNames = program.Inputs });
    }

    /// <summary>The circuit as text, lines ended by "\n".</summary>
    /// <exception cref="InputException">The format can't hold the circuit, or the values do not fit it.</exception>
    public static string Write(Circuit circuit, CircuitExport export, CircuitFormat format) => format switch
    {
        CircuitFormat.OpenQasm3 => OpenQasm3Writer.Write(circuit, export),
        CircuitFormat.OpenQasm2 => OpenQasm2Writer.Write(circuit, export),
        CircuitFormat.Json => CircuitJsonWriter.Write(circuit, export),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format"),
    };

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {FileProblem.Of(path, e)}", e);
        }
    }
}

/// <summary>How a circuit is written.</summary>
public enum CircuitFormat
{
    /// <summary>OpenQASM 3; inputs may stay open.</summary>
    OpenQasm3,

    /// <summary>OpenQASM 2; every angle is a number.</summary>
    OpenQasm2,

    /// <summary>The JSON of docs/openqasm.md.</summary>
    Json,
}

/// <summary>A circuit read from a file.</summary>
/// <param name="Circuit">The circuit.</param>
/// <param name="Export">The title, names and values that were written with it.</param>
public sealed record CircuitDocument(Circuit Circuit, CircuitExport Export);

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
