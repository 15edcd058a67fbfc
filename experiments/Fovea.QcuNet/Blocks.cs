using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.QcuNet;

/// <summary>A 3 × 3 convolution whose kernels have mean 0 and variance 1 (Qiao et al., arXiv 1903.10520), without the factor of the fan-in.</summary>
internal sealed class StandardizedConvolution : nn.Module<Tensor, Tensor>, ISeededModule
{
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    internal StandardizedConvolution(long inputs, long outputs) : base(nameof(StandardizedConvolution))
    {
        _weight = nn.Parameter(zeros(outputs, inputs, 3, 3));
        _bias = nn.Parameter(zeros(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var centred = _weight.sub(_weight.mean([1, 2, 3], keepdim: true));
        var variance = centred.Squared().mean([1, 2, 3], keepdim: true);
        var (inputs, outputs) = (Missing(_weight.shape[1]), Missing(_weight.shape[0]));
        var kernels = nn.functional.pad(centred.div(variance.Plus(1e-5f).sqrt()), [0, 0, 0, 0, 0, inputs, 0, outputs]);
        var padded = nn.functional.pad(input, [0, 0, 0, 0, 0, inputs]);
        return nn.functional.conv2d(padded, kernels, nn.functional.pad(_bias, [0, outputs]), padding: [1, 1]).narrow(1, 0, _bias.shape[0]);
    }

    // Channels are filled up to blocks of 16, as PaddedConvolution says why.
    private static long Missing(long channels) => (16 - channels % 16) % 16;

    public void InitializeParameters(ParameterInitializer initializer)
    {
        SeededInitialization.ByFanIn(initializer, _weight, null);
        ParameterInitializer.Constant(_bias, 0);
    }
}

/// <summary>Which channels of a residual block's two layers go through circuits.</summary>
internal enum CircuitPlace
{
    /// <summary>None.</summary>
    None,

    /// <summary>A quanvolution of the encoder.</summary>
    Encoder,

    /// <summary>The bottleneck.</summary>
    Bottleneck,
}

/// <summary>
/// Convolution, GroupNorm, scale and shift by the embedding, SiLU; convolution, GroupNorm, SiLU; added to the input. At a place of circuits the first three
/// channels of either layer are a circuit's and the convolution has the others.
/// </summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor, Tensor>
{
    private const int Groups = 10;

    private readonly Arm _arm;
    private readonly CircuitPlace _place;
    [ComponentName(Name = "conv1")] private readonly StandardizedConvolution _conv1;
    [ComponentName(Name = "conv2")] private readonly StandardizedConvolution _conv2;
    [ComponentName(Name = "norm1")] private readonly GroupNorm _norm1;
    [ComponentName(Name = "norm2")] private readonly GroupNorm _norm2;
    [ComponentName(Name = "modulation")] private readonly Linear _modulation;
    [ComponentName(Name = "shortcut")] private readonly Conv2d? _shortcut;
    [ComponentName(Name = "circuit1")] private readonly PatchCircuit? _circuit1;
    [ComponentName(Name = "circuit2")] private readonly PatchCircuit? _circuit2;

    internal ResidualBlock(Arm arm, CircuitPlace place, long inputs, long outputs, long embedding) : base(nameof(ResidualBlock))
    {
        (_arm, _place) = (arm, arm is Arm.Convolution or Arm.Untimed ? CircuitPlace.None : place);
        var taken = _place == CircuitPlace.None ? 0 : PatchCircuit.Channels;
        if (taken > 0) (_circuit1, _circuit2) = (new PatchCircuit(arm), new PatchCircuit(arm));
        (_conv1, _conv2) = (new StandardizedConvolution(inputs - taken, outputs - taken), new StandardizedConvolution(outputs - taken, outputs - taken));
        (_norm1, _norm2) = (Layers.GroupNorm(Groups, outputs, 1e-6), Layers.GroupNorm(Groups, outputs, 1e-6));
        _modulation = nn.Linear(embedding, 2 * outputs);
        if (inputs != outputs) _shortcut = Layers.Pointwise(inputs, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input, Tensor embedding)
    {
        var first = _circuit1?.call(Taken(input));
        var hidden = _norm1.call(Join(first, _conv1.call(Rest(input))));
        var parts = _modulation.call(nn.functional.silu(embedding)).unsqueeze(-1).unsqueeze(-1).Parts(2, 1);
        hidden = nn.functional.silu(hidden.Plus(hidden.mul(parts[0])).Plus(parts[1]));
        hidden = nn.functional.silu(_norm2.call(Join(Second(input, first, hidden), _conv2.call(Rest(hidden)))));
        return hidden.Plus(_shortcut is null ? input : _shortcut.call(input));
    }

    private Tensor? Second(Tensor input, Tensor? first, Tensor hidden) => (_place, _arm is Arm.Published or Arm.Cosines) switch
    {
        (CircuitPlace.None, _) => null,
        (CircuitPlace.Bottleneck, true) => first,
        (CircuitPlace.Encoder, true) => _circuit2!.call(Taken(input)),
        _ => _circuit2!.call(Taken(hidden)),
    };

    private Tensor Rest(Tensor input) =>
        _place == CircuitPlace.None ? input : input.narrow(1, PatchCircuit.Channels, input.shape[1] - PatchCircuit.Channels).contiguous();

    private static Tensor Taken(Tensor input) => input.narrow(1, 0, PatchCircuit.Channels);

    private static Tensor Join(Tensor? circuits, Tensor convolved) => circuits is null ? convolved : cat([circuits, convolved], 1);
}

/// <summary>
/// Attention of four heads of 32 channels, added to the input: linear in the positions (keys meet values first; Shen et al., arXiv 1812.01243), or, at the
/// bottleneck, of queries and keys each of whose channels is a unit vector over the positions, as the program has it, with the scale 10.
/// </summary>
internal sealed class Attention : nn.Module<Tensor, Tensor>
{
    private const int Heads = 4, HeadChannels = 32, Width = Heads * HeadChannels;

    [ComponentName(Name = "norm")] private readonly ChannelNorm _norm;
    [ComponentName(Name = "qkv")] private readonly Conv2d _queryKeyValue;
    [ComponentName(Name = "output")] private readonly Conv2d _output;
    [ComponentName(Name = "output_norm")] private readonly ChannelNorm? _outputNorm;

    internal Attention(long channels, bool isLinear) : base(nameof(Attention))
    {
        _norm = new ChannelNorm(channels);
        _queryKeyValue = nn.Conv2d(channels, 3 * Width, 1, bias: false);
        _output = Layers.Pointwise(Width, channels);
        if (isLinear) _outputNorm = new ChannelNorm(channels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var (batch, height, width) = (input.shape[0], input.shape[2], input.shape[3]);
        var parts = _queryKeyValue.call(_norm.call(input)).reshape(batch, 3 * Heads, HeadChannels, height * width).Parts(3, 1);
        var attended = _outputNorm is null ? Full(parts[0], parts[1], parts[2]) : Linear(parts[0], parts[1], parts[2]);
        var output = _output.call(attended.reshape(batch, Width, height, width));
        return input.Plus(_outputNorm is null ? output : _outputNorm.call(output));
    }

    // Queries, keys and values: [batch, heads, channels, positions] each.
    private static Tensor Linear(Tensor query, Tensor key, Tensor value)
    {
        var context = matmul(value, nn.functional.softmax(key, 3).transpose(2, 3)).Times(1 / (MathF.Sqrt(HeadChannels) * query.shape[3]));
        return matmul(context, nn.functional.softmax(query, 2));
    }

    private static Tensor Full(Tensor query, Tensor key, Tensor value) =>
        matmul(value, nn.functional.softmax(matmul(Unit(key).transpose(2, 3), Unit(query)).Times(10), 2));

    private static Tensor Unit(Tensor channels) => channels.div(channels.Squared().sum(3, keepdim: true).Plus(1e-12f).sqrt());
}

/// <summary>Layer normalisation over the channels of each position, with a scale.</summary>
internal sealed class ChannelNorm : nn.Module<Tensor, Tensor>, ISeededModule
{
    [ComponentName(Name = "scale")] private readonly Parameter _scale;

    internal ChannelNorm(long channels) : base(nameof(ChannelNorm))
    {
        _scale = nn.Parameter(ones(1, channels, 1, 1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var centred = input.sub(input.mean([1], keepdim: true));
        return centred.mul(_scale).div(centred.Squared().mean([1], keepdim: true).Plus(1e-5f).sqrt());
    }

    public void InitializeParameters(ParameterInitializer initializer) => ParameterInitializer.Constant(_scale, 1);
}
