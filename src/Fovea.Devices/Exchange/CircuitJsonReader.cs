using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange.Parsing;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange;

/// <summary>Reads what <see cref="CircuitJsonWriter"/> writes.</summary>
public static class CircuitJsonReader
{
    /// <summary>The most gates, inputs, weights, observables and Pauli strings of one observable.</summary>
    public const int MaxItems = 1_000_000;

    /// <summary>Reads a document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="sourceName">Its name in messages, such as the file's.</param>
    /// <exception cref="InputException">"circuit.json: gates[3].wires: what is wrong; what is allowed", in one line.</exception>
    public static CircuitDocument Read(string text, string sourceName = "circuit")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(sourceName);
        try
        {
            using var document = JsonDocument.Parse(text);
            return ReadDocument(new JsonNodeReader(document.RootElement, sourceName, ""));
        }
        catch (JsonException exception)
        {
            throw new InputException(
                $"{sourceName}:{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}: not JSON; a circuit is a JSON object", exception);
        }
        catch (ArgumentException exception)
        {
            // Unpaired surrogates in the text, or indices that do not fit one another, which the circuit itself checks.
            throw new InputException($"{sourceName}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static CircuitDocument ReadDocument(JsonNodeReader root)
    {
        root.ExpectObject("format", "version", "title", "wires", "inputs", "weights", "gates", "observables");
        if (root.Get("format").Text() != CircuitJsonWriter.Format)
            throw root.Get("format").Error("another format", $"it is {CircuitJsonWriter.Format}");
        root.Get("version").Integer(CircuitJsonWriter.Version, CircuitJsonWriter.Version);
        var wires = root.Get("wires").Integer(1, Circuit.MaxWires);
        var (inputCount, inputNames, inputs) = ReadParameters(root.Get("inputs"));
        var (weightCount, weightNames, weights) = ReadParameters(root.Get("weights"));
        var circuit = new Circuit(
            wires,
            inputCount,
            weightCount,
            root.Get("gates").Items(MaxItems).Select(ReadGate),
            root.Get("observables").Items(MaxItems).Select(ReadObservable));
        var export = new CircuitExport
        {
            Title = root.Find("title")?.Text() ?? "",
            InputNames = inputNames,
            Inputs = inputs,
            WeightNames = weightNames,
            Weights = weights,
        };
        return export.Validate(circuit) is [var problem, ..]
            ? throw root.Error(PrintableText.Of(problem, PrintableText.OfASentence), "names and values fit the circuit")
            : new CircuitDocument(circuit, export);
    }

    private static (int Count, IReadOnlyList<string>? Names, IReadOnlyList<double>? Values) ReadParameters(JsonNodeReader node)
    {
        node.ExpectObject("count", "names", "values");
        return (
            node.Get("count").Integer(0, MaxItems),
            node.Find("names")?.Items(MaxItems).Select(name => name.Text()).ToArray(),
            node.Find("values")?.Items(MaxItems).Select(value => value.Number()).ToArray());
    }

    private static Operation ReadGate(JsonNodeReader node)
    {
        node.ExpectObject("gate", "wires", "angle");
        var name = node.Get("gate").Text();
        var known = Enum.GetNames<GateKind>();
        if (!known.Contains(name))
        {
            throw node.Get("gate").Error(
                $"unknown gate '{PrintableText.Of(name)}'", "gates are " + string.Join(", ", known));
        }

        int[] wires = [.. node.Get("wires").Items(3).Select(wire => wire.Integer(0, Circuit.MaxWires - 1))];
        var angle = node.Find("angle") is { } given ? ReadAngle(given) : (Angle?)null;
        var info = GateInfo.Of(Enum.Parse<GateKind>(name));
        return wires.Length == info.WireCount && wires.Distinct().Count() == wires.Length && angle.HasValue == info.HasAngle
            ? new Operation(info.Kind, wires, angle)
            : throw node.Error(
                $"wires or angle that do not fit {name}",
                $"it takes {info.WireCount} distinct wire(s) and {(info.HasAngle ? "one angle" : "no angle")}");
    }

    private static Angle ReadAngle(JsonNodeReader node)
    {
        node.ExpectObject("source", "index", "indices", "scale", "radians");
        var source = node.Get("source");
        if (!AngleSourceNames.ByName.TryGetValue(source.Text(), out var kind))
            throw source.Error("unknown source", $"it is {string.Join(", ", AngleSourceNames.ByName.Keys)}");
        return kind switch
        {
            AngleSource.Weight => Angle.Weight(ReadIndex(node.Get("index")), node.Get("scale").Number()),
            AngleSource.Input => Angle.Input(ReadIndex(node.Get("index")), node.Get("scale").Number()),
            AngleSource.InputProduct => ReadProduct(node),
            _ => Angle.Constant(node.Get("radians").Number()),
        };
    }

    private static Angle ReadProduct(JsonNodeReader node)
    {
        var indices = node.Get("indices").Items(2).Select(ReadIndex).ToArray();
        return indices is [var first, var second]
            ? Angle.InputProduct(first, second, node.Get("scale").Number())
            : throw node.Get("indices").Error("not two indices", "a product has two inputs");
    }

    private static int ReadIndex(JsonNodeReader node) => node.Integer(0, MaxItems - 1);

    private static Observable ReadObservable(JsonNodeReader node) => new(node.Items(MaxItems).Select(ReadTerm));

    private static PauliTerm ReadTerm(JsonNodeReader node)
    {
        node.ExpectObject("coefficient", "pauli");
        try
        {
            return new PauliTerm(node.Get("coefficient").Number(), PauliString.Parse(node.Get("pauli").Text()));
        }
        catch (FormatException)
        {
            throw node.Get("pauli").Error("not a product of Pauli operators", "it is like X0*Z3, each wire named once");
        }
    }
}
