using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
using Fovea.Torch.Modules;
using Fovea.Torch.Onnx;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Models.Graphs;

/// <summary>
/// Writes the blocks that both networks are made of as ONNX operators, from their structure and their weights: to each module the operators of its
/// <c>forward</c>. Quantum convolutions and their controls are <see cref="AngleLayerWriter"/>'s.
/// </summary>
internal sealed class BlockWriter(OnnxGraph graph)
{
    /// <summary>A module of one input and one output.</summary>
    /// <exception cref="NotSupportedException">A module of a kind that has no operators here.</exception>
    internal GraphMap Write(nn.Module module, GraphMap input) => module switch
    {
        PaddedConvolution layer => Convolution(input, layer.Weight, layer.Bias, layer.Stride, 1),
        Conv2d layer => Convolution(input, layer.weight!, layer.bias!, 1, layer.weight!.shape[2] / 2),
        GroupNorm layer => Normalise(layer, input),
        PlainBlock block => Residual(block.Part<ResidualBlock>("block"), input, null),
        UpsamplingConvolution layer => Write(layer.Part<PaddedConvolution>("convolution"), Double(input)),
        AttentionBlock block => Attention(block, input),
        GatedConvolution layer => Gated(layer, input),
        PartConvolution layer => Parted(layer, input),
        AngleConvolution layer => new AngleLayerWriter(graph, this).Write(layer, input),
        _ => throw new NotSupportedException($"a {module.GetName()} cannot be written as ONNX"),
    };

    /// <summary>A residual block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="input">Its input.</param>
    /// <param name="embedding">What modulates it, after SiLU, [batch, embedding]; null for nothing.</param>
    internal GraphMap Residual(ResidualBlock block, GraphMap input, string? embedding)
    {
        var hidden = Write(block.Part<PaddedConvolution>("conv1"), Silu(Write(block.Part<GroupNorm>("norm1"), input)));
        hidden = Write(block.Part<GroupNorm>("norm2"), hidden);
        if (embedding is not null && block.Find<Linear>("modulation") is { } modulation)
        {
            var both = graph.Reshape(Linear(modulation, embedding), 0, 2 * hidden.Channels, 1, 1);
            var (scale, shift) = (graph.Slice(both, 1, 0, hidden.Channels), graph.Slice(both, 1, hidden.Channels, hidden.Channels));
            hidden = hidden with { Name = graph.Add(graph.Add(hidden.Name, graph.Mul(hidden.Name, scale)), shift) };
        }

        hidden = Write(block.Part<nn.Module>("conv2"), Silu(hidden));
        return Sum(hidden, block.Find<Conv2d>("shortcut") is { } shortcut ? Write(shortcut, input) : input);
    }

    /// <summary>x · sigmoid(x).</summary>
    internal GraphMap Silu(GraphMap input) => input with { Name = graph.Silu(input.Name) };

    /// <summary>The sum of two maps.</summary>
    internal GraphMap Sum(GraphMap first, GraphMap second) => first with { Name = graph.Add(first.Name, second.Name) };

    /// <summary>Each value repeated in two rows and two columns.</summary>
    internal GraphMap Double(GraphMap input)
    {
        var factors = graph.Numbers([1, 1, 2, 2], 4);
        var name = graph.Node(
            "Resize", [input.Name, "", factors], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        return input with { Name = name, Height = 2 * input.Height, Width = 2 * input.Width };
    }

    /// <summary>Channels laid out as squares of pixels: [c·side², h, w] → [c, h·side, w·side].</summary>
    internal GraphMap Unfold(GraphMap input, long side) => side == 1 ? input : new(
        graph.Node("DepthToSpace", [input.Name], ("blocksize", side), ("mode", "CRD")),
        input.Channels / (side * side), side * input.Height, side * input.Width);

    /// <summary>[batch, inputs] → [batch, outputs].</summary>
    internal string Linear(Linear layer, string input) => graph.Node(
        "Gemm", [input, graph.Numbers(layer.weight!.Values(), layer.weight!.shape), graph.Numbers(layer.bias!.Values(), layer.bias!.shape)], ("transB", 1L));

    private GraphMap Convolution(GraphMap input, Tensor weight, Tensor bias, long stride, long padding)
    {
        var (outputs, kernel) = (weight.shape[0], weight.shape[2]);
        var name = graph.Node(
            "Conv", [input.Name, graph.Numbers(weight.Values(), weight.shape), graph.Numbers(bias.Values(), bias.shape)],
            ("kernel_shape", new[] { kernel, kernel }), ("strides", new[] { stride, stride }), ("pads", new[] { padding, padding, padding, padding }),
            ("group", input.Channels / weight.shape[1]));
        long Size(long size) => ((size + (2 * padding) - kernel) / stride) + 1;
        return new(name, outputs, Size(input.Height), Size(input.Width));
    }

    // Opset 17 has no group normalisation: a group is what instance normalisation takes for a channel.
    private GraphMap Normalise(GroupNorm layer, GraphMap input)
    {
        var groups = layer.num_groups;
        var (ones, zeros) = (new float[groups], graph.Numbers(new float[groups], groups));
        Array.Fill(ones, 1);
        var parts = graph.Node(
            "InstanceNormalization", [graph.Reshape(input.Name, 0, groups, -1), graph.Numbers(ones, groups), zeros], ("epsilon", (float)layer.eps));
        var whole = graph.Reshape(parts, 0, input.Channels, input.Height, input.Width);
        string Column(Tensor values) => graph.Numbers(values.Values(), input.Channels, 1, 1);
        return input with { Name = graph.Add(graph.Mul(whole, Column(layer.weight!)), Column(layer.bias!)) };
    }

    private GraphMap Attention(AttentionBlock block, GraphMap input)
    {
        long heads = block.Heads, width = input.Channels / heads, positions = input.Height * input.Width;
        var all = Write(block.Part<Conv2d>("qkv"), Write(block.Part<GroupNorm>("norm"), input));
        var parts = graph.Reshape(all.Name, 0, 3 * heads, width, positions);
        string Part(int part) => graph.Slice(parts, 1, part * heads, heads);
        var queries = graph.Mul(graph.Transpose(Part(0), 0, 1, 3, 2), graph.Numbers([(float)(1 / Math.Sqrt(width))]));
        var shares = graph.Node("Softmax", [graph.MatMul(queries, Part(1))], ("axis", -1L));
        var attended = graph.MatMul(Part(2), graph.Transpose(shares, 0, 1, 3, 2));
        var map = input with { Name = graph.Reshape(attended, 0, input.Channels, input.Height, input.Width) };
        return Sum(input, Write(block.Part<Conv2d>("output"), map));
    }

    private GraphMap Gated(GatedConvolution layer, GraphMap input)
    {
        var added = Write(layer.Part<AngleConvolution>("layer"), input);
        var gate = graph.Numbers(layer.Parameter("gate").Values(), input.Channels, 1, 1);
        return Sum(Write(layer.Part<PaddedConvolution>("convolution"), input), added with { Name = graph.Mul(added.Name, gate) });
    }

    private GraphMap Parted(PartConvolution layer, GraphMap input)
    {
        var convolution = layer.Part<PaddedConvolution>("convolution");
        var rest = convolution.Weight.shape[1];
        var first = input.Channels - rest;
        var angles = Write(layer.Part<AngleConvolution>("layer"), input with { Name = graph.Slice(input.Name, 1, 0, first), Channels = first });
        var others = Write(convolution, input with { Name = graph.Slice(input.Name, 1, first, rest), Channels = rest });
        return input with { Name = graph.Concat(1, angles.Name, others.Name) };
    }
}

/// <summary>A feature map in a graph, [batch, channels, height, width], of which the batch alone is open.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct GraphMap(string Name, long Channels, long Height, long Width);

/// <summary>The parts of a module by their names, which are those of its weights in files.</summary>
internal static class ModuleParts
{
    /// <summary>A part that the module has.</summary>
    /// <exception cref="InvalidOperationException">It has none of that name and type.</exception>
    internal static TPart Part<TPart>(this nn.Module module, string name) where TPart : nn.Module => module.Find<TPart>(name)
        ?? throw new InvalidOperationException($"{module.GetName()} has no part '{name}' that is a {typeof(TPart).Name}");

    /// <summary>A part that the module may have.</summary>
    internal static TPart? Find<TPart>(this nn.Module module, string name) where TPart : nn.Module =>
        module.named_children().FirstOrDefault(part => part.name == name).module as TPart;

    /// <summary>The parameter of a name that belongs to the module itself.</summary>
    internal static Tensor Parameter(this nn.Module module, string name) =>
        module.named_parameters(recurse: false).First(entry => entry.name == name).parameter;

    /// <summary>A tensor's numbers row by row.</summary>
    internal static float[] Values(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return TensorSpans.ToArray<float>(tensor.detach().cpu().contiguous());
    }
}
