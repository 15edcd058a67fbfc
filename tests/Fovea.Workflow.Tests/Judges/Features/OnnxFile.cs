using System.Text;

namespace Fovea.Tests.Judges.Features;

/// <summary>Writes a small ONNX network byte by byte (protocol buffers, onnx.proto3): the means of the image's channels, [batch, channels, 1, 1].</summary>
internal static class OnnxFile
{
    private const int FloatType = 1;

    /// <summary>Writes the network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">The declared input; −1 for any batch.</param>
    /// <param name="flatten">Whether the output is [batch, channels].</param>
    /// <param name="operation">GlobalAveragePool, or another operation of one input and one output.</param>
    /// <param name="last">What is done with the result when it is flattened.</param>
    public static void Write(string path, int[] shape, bool flatten = true, string operation = "GlobalAveragePool", string last = "Identity")
    {
        byte[] pool = Node(operation, "image", flatten ? "pooled" : "features"),
            flat = [.. Field(1, Node("Flatten", "pooled", "flat")), .. Field(1, Node(last, "flat", "features"))];
        byte[] graph =
        [
            .. Field(1, pool), .. flatten ? flat : [], .. Field(2, "test"), .. Field(11, Value("image", shape)), .. Field(12, Value("features", null)),
        ];
        File.WriteAllBytes(path, [.. Number(1, 8), .. Field(7, graph), .. Field(8, [.. Field(1, ""), .. Number(2, 13)])]);
    }

    /// <summary>Writes a network whose weights, factors of red, green and blue, lie in files of its own folder: [batch, channels].</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">Side of the input.</param>
    /// <param name="weights">The file's name, and the three float32 factors that are written into it.</param>
    /// <param name="inConstant">Whether they are an attribute of a node Constant instead of an initializer.</param>
    public static void WriteExternal(string path, int side, (string Name, float[] Factors) weights, bool inConstant = false)
    {
        byte[] location = Field(13, [.. Field(1, "location"), .. Field(2, weights.Name)]);
        byte[] tensor =
        [
            .. Number(1, 1), .. Number(1, 3), .. Number(1, 1), .. Number(1, 1), .. Number(2, FloatType),
            .. Field(8, "w"), .. location, .. Number(14, 1),
        ];
        byte[] holder = inConstant
            ? Field(1, [.. Field(2, "w"), .. Field(4, "Constant"), .. Field(5, [.. Field(1, "value"), .. Field(5, tensor), .. Number(20, 4)])])
            : Field(5, tensor);
        byte[] product = [.. Field(1, "image"), .. Field(1, "w"), .. Field(2, "scaled"), .. Field(4, "Mul")];
        byte[] pool = Node("GlobalAveragePool", "scaled", "pooled"), flat = Node("Flatten", "pooled", "features");
        byte[] graph =
        [
            .. inConstant ? holder : [], .. Field(1, product), .. Field(1, pool), .. Field(1, flat), .. Field(2, "test"), .. inConstant ? [] : holder,
            .. Field(11, Value("image", [-1, 3, side, side])), .. Field(12, Value("features", null)),
        ];
        File.WriteAllBytes(path, [.. Number(1, 8), .. Field(7, graph), .. Field(8, [.. Field(1, ""), .. Number(2, 13)])]);
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, weights.Name), [.. weights.Factors.SelectMany(BitConverter.GetBytes)]);
    }

    private static byte[] Node(string operation, string input, string output) => [.. Field(1, input), .. Field(2, output), .. Field(4, operation)];

    private static byte[] Value(string name, int[]? shape)
    {
        byte[] dimensions = shape is null ? [] : Field(2, [.. shape.SelectMany(side => Field(1, side < 0 ? Field(2, "batch") : Number(1, side)))]);
        return [.. Field(1, name), .. Field(2, Field(1, [.. Number(1, FloatType), .. dimensions]))];
    }

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [.. Variable((number << 3) | 2), .. Variable(content.Length), .. content];

    private static byte[] Number(int number, int value) => [.. Variable(number << 3), .. Variable(value)];

    private static byte[] Variable(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 128; value >>= 7) bytes.Add((byte)(value | 128));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
