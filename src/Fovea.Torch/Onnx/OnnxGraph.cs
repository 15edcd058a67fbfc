using System.Globalization;

namespace Fovea.Torch.Onnx;

/// <summary>
/// A network as a list of ONNX operators on named values (the operators of the default domain, see <see cref="OnnxFile.Opset"/>): made node by node, written by
/// <see cref="OnnxFile"/>. Names of nodes and constants are given here and count up, so equal networks make equal graphs.
/// </summary>
/// <param name="name">The graph's name, which viewers show.</param>
public sealed class OnnxGraph(string name)
{
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxConstant> _constants = [];
    private readonly Dictionary<string, string> _indices = [];

    /// <summary>The graph's name.</summary>
    public string Name { get; } = name;

    /// <summary>What it takes, in order.</summary>
    public IReadOnlyList<OnnxValue> Inputs => _inputs;

    /// <summary>What it gives, in order.</summary>
    public IReadOnlyList<OnnxValue> Outputs => _outputs;

    /// <summary>The operators; each stands behind those whose values it takes.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The values that are part of the graph: weights, indices, shapes.</summary>
    public IReadOnlyList<OnnxConstant> Constants => _constants;

    /// <summary>Declares an input and returns its name.</summary>
    /// <param name="input">Name, type and shape.</param>
    public string Input(OnnxValue input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _inputs.Add(input);
        return input.Name;
    }

    /// <summary>Gives a value out under the name of an output.</summary>
    /// <param name="value">The value's name in the graph.</param>
    /// <param name="output">Name, type and shape.</param>
    public void Output(string value, OnnxValue output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _nodes.Add(new OnnxNode("Identity", [value], output.Name, []));
        _outputs.Add(output);
    }

    /// <summary>A float32 constant.</summary>
    /// <param name="values">Row by row, as many as the shape says.</param>
    /// <param name="shape">Its sizes; none for a single number.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public string Numbers(ReadOnlySpan<float> values, params long[] shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).CopyTo(bytes);
        return Constant(OnnxType.Real, bytes, values.Length, shape);
    }

    /// <summary>A float32 constant of numbers in double precision, rounded.</summary>
    /// <param name="values">Row by row.</param>
    /// <param name="shape">Its sizes; none for a single number.</param>
    public string Rounded(ReadOnlySpan<double> values, params long[] shape)
    {
        var rounded = new float[values.Length];
        for (var i = 0; i < rounded.Length; i++) rounded[i] = (float)values[i];
        return Numbers(rounded, shape);
    }

    /// <summary>A list of whole numbers (int64): indices, sizes, axes. Equal lists are one constant.</summary>
    public string Indices(params ReadOnlySpan<long> values)
    {
        var key = string.Join(' ', values.ToArray());
        if (_indices.TryGetValue(key, out var known)) return known;
        var bytes = new byte[values.Length * sizeof(long)];
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).CopyTo(bytes);
        return _indices[key] = Constant(OnnxType.Whole, bytes, values.Length, [values.Length]);
    }

    /// <summary>Appends an operator of one output and returns that output's name.</summary>
    /// <param name="operation">The operator, as "Conv".</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Its attributes: long, float, string or long[].</param>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = string.Create(CultureInfo.InvariantCulture, $"{operation}_{_nodes.Count}");
        _nodes.Add(new OnnxNode(operation, inputs, output, attributes));
        return output;
    }

    private string Constant(OnnxType type, byte[] bytes, int count, long[] shape)
    {
        if (shape.Aggregate(1L, (product, size) => product * size) != count)
            throw new ArgumentException($"{count} values do not make [{string.Join(", ", shape)}]", nameof(shape));
        var name = string.Create(CultureInfo.InvariantCulture, $"constant_{_constants.Count}");
        _constants.Add(new OnnxConstant(name, type, shape, bytes));
        return name;
    }
}

/// <summary>The operators that layers of any kind are made of, in the notation of their formulas.</summary>
public static class OnnxOperators
{
    /// <summary>a + b, broadcast.</summary>
    public static string Add(this OnnxGraph graph, string a, string b) => Checked(graph).Node("Add", [a, b]);

    /// <summary>a · b element by element, broadcast.</summary>
    public static string Mul(this OnnxGraph graph, string a, string b) => Checked(graph).Node("Mul", [a, b]);

    /// <summary>The matrix product over the last two sizes.</summary>
    public static string MatMul(this OnnxGraph graph, string a, string b) => Checked(graph).Node("MatMul", [a, b]);

    /// <summary>A function of each value: "Sin", "Cos", "Tanh", "Sigmoid", "Neg".</summary>
    public static string Each(this OnnxGraph graph, string function, string value) => Checked(graph).Node(function, [value]);

    /// <summary>x · sigmoid(x).</summary>
    public static string Silu(this OnnxGraph graph, string value) => graph.Mul(value, graph.Each("Sigmoid", value));

    /// <summary>Values along an axis, by their places.</summary>
    public static string Gather(this OnnxGraph graph, string value, ReadOnlySpan<long> places, long axis) =>
        Checked(graph).Node("Gather", [value, graph.Indices(places)], ("axis", axis));

    /// <summary>Some values along an axis that follow on each other.</summary>
    public static string Slice(this OnnxGraph graph, string value, long axis, long first, long count) =>
        Checked(graph).Node("Slice", [value, graph.Indices(first), graph.Indices(first + count), graph.Indices(axis)]);

    /// <summary>Values joined along an axis.</summary>
    public static string Concat(this OnnxGraph graph, long axis, params string[] values) => Checked(graph).Node("Concat", values, ("axis", axis));

    /// <summary>The same values in another shape: 0 keeps a size of the input, −1 is what is left.</summary>
    public static string Reshape(this OnnxGraph graph, string value, params ReadOnlySpan<long> shape) =>
        Checked(graph).Node("Reshape", [value, graph.Indices(shape)]);

    /// <summary>The axes in another order.</summary>
    public static string Transpose(this OnnxGraph graph, string value, params long[] order) => Checked(graph).Node("Transpose", [value], ("perm", order));

    private static OnnxGraph Checked(OnnxGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph;
    }
}

/// <summary>An operator.</summary>
/// <param name="Operation">Which.</param>
/// <param name="Inputs">Names of the values that it takes.</param>
/// <param name="Output">Name of the value that it gives.</param>
/// <param name="Attributes">Its attributes: long, float, string or long[].</param>
public sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<(string Name, object Value)> Attributes);

/// <summary>A value that is part of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Bytes">Its numbers row by row, little-endian.</param>
public sealed record OnnxConstant(string Name, OnnxType Type, IReadOnlyList<long> Shape, byte[] Bytes);

/// <summary>An input or an output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Its sizes; a text names one that may differ from call to call.</param>
/// <param name="Meaning">What it is, for viewers.</param>
public sealed record OnnxValue(string Name, OnnxType Type, IReadOnlyList<object> Shape, string Meaning = "");

/// <summary>Types of numbers, by their codes in ONNX.</summary>
public enum OnnxType
{
    /// <summary>32-bit floating point.</summary>
    Real = 1,

    /// <summary>64-bit whole numbers.</summary>
    Whole = 7,
}
