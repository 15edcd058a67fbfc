using System.Globalization;
using System.Text.Json;
using Fovea.Core.Errors;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>A value in a JSON document with its path, for messages: "circuit.json: gates[3].wires: what; what is allowed".</summary>
internal readonly struct JsonNodeReader(JsonElement element, string source, string path)
{
    public InputException Error(string what, string allowed) => new($"{source}: {(path.Length == 0 ? "the document" : path)}: {what}; {allowed}");

    /// <summary>Whether this is an object that holds only these properties, each once.</summary>
    public void ExpectObject(params ReadOnlySpan<string> properties)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Error("not an object", "an object in braces stands here");
        var seen = new HashSet<string>();
        foreach (var property in element.EnumerateObject())
        {
            var name = ReadName(property);
            if (!properties.Contains(name))
                throw Error($"unknown property '{PrintableText.Of(name)}'", $"the properties are {string.Join(", ", properties.ToArray())}");
            if (!seen.Add(name))
                throw Error($"the property '{name}' stands twice", "each property stands once");
        }
    }

    /// <summary>A property that may be missing.</summary>
    public JsonNodeReader? Find(string property) => element.TryGetProperty(property, out var value)
        ? new JsonNodeReader(value, source, path.Length == 0 ? property : $"{path}.{property}")
        : null;

    public JsonNodeReader Get(string property) =>
        Find(property) ?? throw Error($"no property '{property}'", "it is required");

    /// <summary>The elements of an array, at most <paramref name="most"/>.</summary>
    public IEnumerable<JsonNodeReader> Items(int most)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > most)
            throw Error("not a list, or too long", string.Create(CultureInfo.InvariantCulture, $"a list of at most {most} stands here"));
        var (list, listSource, listPath) = (element, source, path);
        return list.EnumerateArray().Select((item, i) => new JsonNodeReader(item, listSource, $"{listPath}[{i}]"));
    }

    public double Number() =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw Error("not a finite number", "a number stands here");

    public int Integer(int least, int most) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value >= least && value <= most
            ? value
            : throw Error("not a whole number in range", string.Create(CultureInfo.InvariantCulture, $"it is from {least} to {most}"));

    public string Text()
    {
        if (element.ValueKind != JsonValueKind.String)
            throw Error("not a text", "a text in quotation marks stands here");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Error("the text is not valid Unicode", "surrogates come in pairs");
        }
    }

    private string ReadName(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Error("the name of a property is not valid Unicode", "surrogates come in pairs");
        }
    }
}
