using Fovea.Core.Errors;
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
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message;
            throw new InputException($"{path}: {reason}", e);
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
