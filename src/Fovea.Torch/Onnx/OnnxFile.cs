using Fovea.Core.Files;
using Google.Protobuf;

namespace Fovea.Torch.Onnx;

/// <summary>
/// Writes a graph as an ONNX file: the messages of onnx.proto3 that a network without control flow needs. The fields' numbers are the format's; how a field is
/// written is the protobuf library's. See docs/decisions/0007-onnx-files.md.
/// </summary>
public static class OnnxFile
{
    /// <summary>Version of the default domain's operators.</summary>
    public const int Opset = 17;

    // The version of the format that came with that opset.
    private const int FormatVersion = 8;

    /// <summary>Writes a file, at once or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="graph">The network.</param>
    /// <param name="description">What viewers show of the model.</param>
    /// <param name="metadata">Texts by their keys.</param>
    public static void Write(string path, OnnxGraph graph, string description, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var content = Message(model =>
        {
            Field(model, 1, FormatVersion);
            Field(model, 2, "fovea");
            Field(model, 6, description);
            Field(model, 7, Graph(graph));
            Field(model, 8, Message(opset => Field(opset, 2, Opset)));
            foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
                Field(model, 14, Message(entry => { Field(entry, 1, key); Field(entry, 2, value); }));
        });
        AtomicFile.Write(path, stream => stream.Write(content.Span));
    }

    private static ByteString Graph(OnnxGraph graph) => Message(output =>
    {
        foreach (var node in graph.Nodes) Field(output, 1, Node(node));
        Field(output, 2, graph.Name);
        foreach (var constant in graph.Constants) Field(output, 5, Constant(constant));
        foreach (var value in graph.Inputs) Field(output, 11, Value(value));
        foreach (var value in graph.Outputs) Field(output, 12, Value(value));
    });

    private static ByteString Node(OnnxNode node) => Message(output =>
    {
        foreach (var input in node.Inputs) Field(output, 1, input);
        Field(output, 2, node.Output);
        Field(output, 3, node.Output);
        Field(output, 4, node.Operation);
        foreach (var (name, value) in node.Attributes) Field(output, 5, Attribute(name, value));
    });

    // The last field is the kind of value, by the format's codes.
    private static ByteString Attribute(string name, object value) => Message(output =>
    {
        Field(output, 1, name);
        switch (value)
        {
            case float number:
                output.WriteTag(2, WireFormat.WireType.Fixed32);
                output.WriteFloat(number);
                Field(output, 20, 1);
                break;
            case long number:
                Field(output, 3, number);
                Field(output, 20, 2);
                break;
            case string text:
                Field(output, 4, text);
                Field(output, 20, 3);
                break;
            case long[] numbers:
                foreach (var number in numbers) Field(output, 8, number);
                Field(output, 20, 7);
                break;
            default:
                throw new NotSupportedException($"no attribute can be a {value.GetType().Name}; allowed: long, float, string, long[]");
        }
    });

    private static ByteString Constant(OnnxConstant constant) => Message(output =>
    {
        foreach (var size in constant.Shape) Field(output, 1, size);
        Field(output, 2, (long)constant.Type);
        Field(output, 8, constant.Name);
        Field(output, 9, UnsafeByteOperations.UnsafeWrap(constant.Bytes));
    });

    private static ByteString Value(OnnxValue value)
    {
        var shape = Message(output =>
        {
            foreach (var size in value.Shape)
            {
                Field(output, 1, Message(dimension =>
                {
                    if (size is string named) Field(dimension, 2, named);
                    else Field(dimension, 1, Convert.ToInt64(size, System.Globalization.CultureInfo.InvariantCulture));
                }));
            }
        });
        var tensor = Message(output => { Field(output, 1, (long)value.Type); Field(output, 2, shape); });
        return Message(output =>
        {
            Field(output, 1, value.Name);
            Field(output, 2, Message(type => Field(type, 1, tensor)));
            if (value.Meaning.Length > 0) Field(output, 3, value.Meaning);
        });
    }

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true)) write(output);
        return UnsafeByteOperations.UnsafeWrap(bytes.ToArray());
    }

    private static void Field(CodedOutputStream output, int number, long value)
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Field(CodedOutputStream output, int number, string value)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Field(CodedOutputStream output, int number, ByteString value)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(value);
    }
}
