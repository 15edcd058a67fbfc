using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange;

/// <summary>Writes a circuit as JSON that <see cref="CircuitJsonReader"/> reads back bit for bit; see docs/openqasm.md.</summary>
public static class CircuitJsonWriter
{
    /// <summary>What "format" says.</summary>
    public const string Format = "fovea-circuit";

    /// <summary>What "version" says.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document, ended by "\n".</summary>
    /// <param name="circuit">A circuit that starts from |0…0⟩.</param>
    /// <param name="export">Values and names, written beside the circuit; its angles keep their sources.</param>
    /// <exception cref="InputException">The circuit starts from amplitudes, or values or names do not fit it.</exception>
    public static string Write(Circuit circuit, CircuitExport? export = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        export ??= new CircuitExport();
        export.Check(circuit);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            if (export.Title.Length > 0)
                json.WriteString("title", export.Title);
            json.WriteNumber("wires", circuit.WireCount);
            WriteParameters(json, "inputs", circuit.InputCount, export.InputNames, export.Inputs);
            WriteParameters(json, "weights", circuit.WeightCount, export.WeightNames, export.Weights);
            WriteGates(json, circuit);
            WriteObservables(json, circuit);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteParameters(
        Utf8JsonWriter json, string property, int count, IReadOnlyList<string>? names, IReadOnlyList<double>? values)
    {
        json.WriteStartObject(property);
        json.WriteNumber("count", count);
        if (names is not null)
        {
            json.WriteStartArray("names");
            foreach (var name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (values is not null)
        {
            json.WriteStartArray("values");
            foreach (var value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteGates(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteStartArray("gates");
        foreach (var operation in circuit.Operations)
        {
            json.WriteStartObject();
            json.WriteString("gate", operation.Kind.ToString());
            WriteIndices(json, "wires", operation.Wires.AsSpan());
            if (operation.Angle is { } angle)
                WriteAngle(json, angle);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAngle(Utf8JsonWriter json, Angle angle)
    {
        json.WriteStartObject("angle");
        json.WriteString("source", AngleSourceNames.Of(angle.Source));
        if (angle.Source is AngleSource.Weight or AngleSource.Input)
            json.WriteNumber("index", angle.Index);
        if (angle.Source == AngleSource.InputProduct)
            WriteIndices(json, "indices", [angle.Index, angle.SecondIndex]);
        json.WriteNumber(angle.Source == AngleSource.Constant ? "radians" : "scale", angle.Scale);
        json.WriteEndObject();
    }

    private static void WriteObservables(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteStartArray("observables");
        foreach (var observable in circuit.Observables)
        {
            json.WriteStartArray();
            foreach (var term in observable.Terms)
            {
                json.WriteStartObject();
                json.WriteNumber("coefficient", term.Coefficient);
                json.WriteString("pauli", term.Pauli.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteIndices(Utf8JsonWriter json, string property, ReadOnlySpan<int> indices)
    {
        json.WriteStartArray(property);
        foreach (var index in indices)
            json.WriteNumberValue(index);
        json.WriteEndArray();
    }
}

/// <summary>What the JSON calls the sources of angles.</summary>
internal static class AngleSourceNames
{
    public static IReadOnlyDictionary<string, AngleSource> ByName { get; } = new Dictionary<string, AngleSource>
    {
        ["constant"] = AngleSource.Constant,
        ["weight"] = AngleSource.Weight,
        ["input"] = AngleSource.Input,
        ["input-product"] = AngleSource.InputProduct,
    };

    public static string Of(AngleSource source) => ByName.Single(pair => pair.Value == source).Key;
}
