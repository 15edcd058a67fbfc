using System.Buffers.Binary;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SaveThenLoad_EachType_IsBitExact()
    {
        using var scope = NewDisposeScope();
        var tensors = EveryType();
        var metadata = new Dictionary<string, string> { ["config"] = "{\"a\": [1, \"ä\"]}\nsecond line", ["empty"] = "" };
        var path = _folder.File("all.safetensors");
        SafetensorsFile.Save(path, tensors, metadata);
        using var content = SafetensorsFile.Load(path);
        Assert.Equal(metadata, content.Metadata);
        Assert.Equal(tensors.Keys.Order(), content.Tensors.Keys.Order());
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.dtype, content.Tensors[name].dtype);
            Assert.Equal(tensor.shape, content.Tensors[name].shape);
            Assert.Equal(Bytes(tensor), Bytes(content.Tensors[name]));
        }
    }

    // Written out by hand from the format's description, so that reader and writer cannot share a misunderstanding.
    [Fact]
    public void Load_FileMadeByHand_HasItsValues()
    {
        const string header = """{"__metadata__":{"format":"pt"},"b":{"dtype":"I16","shape":[],"data_offsets":[8,10]},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}} """;
        var path = Write(header, [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 0xfe, 0xff]);
        using var content = SafetensorsFile.Load(path);
        Assert.Equal([1f, -2.5f], TensorSpans.ToArray<float>(content.Tensors["a"]));
        Assert.Equal([1L, 2L], content.Tensors["a"].shape);
        Assert.Equal(-2, content.Tensors["b"].item<short>());
        Assert.Equal("pt", content.Metadata["format"]);
    }

    [Fact]
    public void Save_KnownTensors_WritesTheFormatExactly()
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("known.safetensors");
        SafetensorsFile.Save(path, new Dictionary<string, torch.Tensor> { ["b"] = tensor((byte)7, uint8), ["a"] = TensorSpans.FromFloats([1f, -2.5f], 1, 2) },
            new Dictionary<string, string> { ["z"] = "1", ["k"] = "é\"" });
        const string header = """{"__metadata__":{"k":"é\"","z":"1"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}""";
        var bytes = File.ReadAllBytes(path);
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(header, Encoding.UTF8.GetString(bytes, 8, (int)length).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 7], bytes[(8 + (int)length)..]);
    }

    [Fact]
    public void Save_TwiceInAnotherOrder_GivesEqualBytes()
    {
        using var scope = NewDisposeScope();
        var tensors = EveryType();
        SafetensorsFile.Save(_folder.File("1"), tensors);
        SafetensorsFile.Save(_folder.File("2"), tensors.Reverse().ToDictionary());
        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));
    }

    [Fact]
    public void SaveThenLoad_MoreElementsThanOneChunk_IsBitExact()
    {
        using var scope = NewDisposeScope();
        var tensor = randint(0, 256, [(1L << 24) + 5], uint8);
        SafetensorsFile.Save(_folder.File("large"), new Dictionary<string, torch.Tensor> { ["x"] = tensor });
        using var content = SafetensorsFile.Load(_folder.File("large"));
        Assert.True(Bytes(tensor).AsSpan().SequenceEqual(Bytes(content.Tensors["x"])));
    }

    [Fact]
    public void Load_InsideDisposeScope_TensorsOutliveTheScope()
    {
        var path = _folder.File("scope");
        SafetensorsContent content;
        using (NewDisposeScope())
        {
            SafetensorsFile.Save(path, EveryType());
            content = SafetensorsFile.Load(path);
        }

        using (content) Assert.Equal(3, content.Tensors["float"].shape[1]);
    }

    [Fact]
    public void LoadHeader_DescribesWithoutData()
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Save(_folder.File("h"), EveryType(), new Dictionary<string, string> { ["a"] = "b" });
        var header = SafetensorsFile.LoadHeader(_folder.File("h"));
        Assert.Equal("b", header.Metadata["a"]);
        Assert.Equal(0, header.DataStart % 8);
        Assert.Equal([2L, 3L], header.Entries.Single(e => e.Name == "float").Shape);
    }

    [Fact]
    public void Save_UnsupportedType_NamesTheAllowedOnesAndWritesNothing()
    {
        using var tensor = zeros(3, complex64);
        var error = Assert.Throws<ArgumentException>(() => SafetensorsFile.Save(_folder.File("c"), new Dictionary<string, torch.Tensor> { ["c"] = tensor }));
        Assert.Contains("ComplexFloat32", error.Message);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void Save_FolderMissing_IsAnInputException()
    {
        var path = Path.Combine(_folder.Path, "missing", "x");
        Assert.Contains(path, Assert.Throws<InputException>(() => SafetensorsFile.Save(path, new Dictionary<string, torch.Tensor>())).Message);
    }

    // The layout of a published file of SqueezeNet 1.1: layers with dots in their names, metadata behind the tensors, two spaces at the end.
    [Fact]
    public void Load_LayoutOfAnotherWriter_HasItsTensors()
    {
        const string header = """{"conv1.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"fire2.expand1x1.weight":{"dtype":"F32","shape":[2,1,1,1],"data_offsets":[8,16]},"__metadata__":{"source":"elsewhere (MIT), layout [out, in, h, w]"}}  """;
        var path = Write(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40]);
        using var content = SafetensorsFile.Load(path);
        Assert.Equal([1f, 2f], TensorSpans.ToArray<float>(content.Tensors["conv1.bias"]));
        Assert.Equal([3f, 4f], TensorSpans.ToArray<float>(content.Tensors["fire2.expand1x1.weight"]));
        Assert.Equal([2L, 1L, 1L, 1L], content.Tensors["fire2.expand1x1.weight"].shape);
        Assert.Equal("elsewhere (MIT), layout [out, in, h, w]", content.Metadata["source"]);
    }

    private static Dictionary<string, torch.Tensor> EveryType() => new()
    {
        ["float"] = randn(2, 3),
        ["double"] = randn(3, float64),
        ["half"] = randn(3, float16),
        ["bfloat"] = randn(5, bfloat16),
        ["long"] = tensor([long.MinValue, -1, long.MaxValue]),
        ["int"] = tensor([int.MinValue, 5]),
        ["short"] = tensor(new short[] { -3, 4, 5 }),
        ["sbyte"] = tensor(new sbyte[] { -3, 4, 5 }),
        ["byte"] = tensor(new byte[] { 0, 255, 7 }),
        ["bool"] = tensor([true, false, true]),
        ["empty"] = zeros(0, 4),
        ["scalar"] = tensor(2.5f),
        ["transposed parameter"] = randn(4, 3).requires_grad_().t(),
        ["ü \" \\ \n"] = ones(1),
    };

    private static byte[] Bytes(torch.Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var span = TensorSpans.OpenBytes(tensor.detach().contiguous());
        return span.Values.ToArray();
    }

    private string Write(string header, byte[] data)
    {
        var path = _folder.File("made.safetensors");
        var json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)json.Length), .. json, .. data]);
        return path;
    }
}
