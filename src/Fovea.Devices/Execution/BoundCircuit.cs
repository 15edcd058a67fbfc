using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Execution;

/// <summary>Gives a circuit from a file the values that it needs to run.</summary>
public static class BoundCircuit
{
    private const int MostNames = 16;

    /// <summary>The circuit with every angle a constant.</summary>
    /// <param name="document">The file's circuit; its own values of inputs stand in where none are given.</param>
    /// <param name="inputs">Values of the inputs, or null.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputException">The number of values does not fit, or a value is missing or not finite; one line.</exception>
    public static Circuit Bind(CircuitDocument document, IReadOnlyList<double>? inputs, string path)
    {
        ArgumentNullException.ThrowIfNull(document);
        var (circuit, export) = document;
        var values = inputs ?? export.Inputs ?? [];
        if (values.Count != circuit.InputCount)
            throw new InputException($"{path}: {new NamedInput("Inputs")} gives {values.Count} value(s), {Needs(document)}");
        if (circuit.WeightCount > 0 && export.Weights is null)
            throw new InputException($"{path}: its {circuit.WeightCount} weight(s) have no values; they go into the file under weights.values");
        try
        {
            return CircuitBinding.Bind(circuit, [.. values], [.. export.Weights ?? []]);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Numbers with commas between them.</summary>
    /// <exception cref="InputException">One is no finite number.</exception>
    public static double[] ParseInputs(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Number)];
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw new InputException($"{new NamedInput("Inputs")}: '{text}' is not a finite number; allowed: numbers with commas between them, like 0.1,-2.5");

    private static string Needs(CircuitDocument document)
    {
        var count = document.Circuit.InputCount;
        if (count == 0)
            return "the circuit has no inputs";
        var names = Enumerable.Range(0, Math.Min(count, MostNames)).Select(k => document.Export.InputNames?[k] ?? $"x{k}");
        return $"the circuit has {count} input(s): {string.Join(", ", names)}{(count > MostNames ? ", …" : "")}";
    }
}
