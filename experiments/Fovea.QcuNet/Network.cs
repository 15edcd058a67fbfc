using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.QcuNet;

/// <summary>
/// The U-Net of QCU-Net for pixels of 64 × 64 (NesyaLab's Quantum-Hybrid-Diffusion-Models-for-EO, <c>unet.py</c> with <c>configs/eurosat.py</c>): six levels
/// of 10 to 60 channels, two residual blocks on each. Circuits are in both blocks of the fifth level of the encoder, where the map is 4 × 4, and in both
/// blocks of the bottleneck, 2 × 2. Attention on the two largest maps, which the program has and which takes most of its time, is left out.
/// </summary>
public sealed class Network : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private const int Width = 10, Levels = 6, QuanvolutionLevel = 4, FirstAttention = 2, EmbeddingWidth = 4 * Width;

    private readonly Arm _arm;
    [ComponentName(Name = "classes")] private readonly Embedding _classes;
    [ComponentName(Name = "embed1")] private readonly Linear _embed1;
    [ComponentName(Name = "embed2")] private readonly Linear _embed2;
    [ComponentName(Name = "first")] private readonly PaddedConvolution _first;
    [ComponentName(Name = "down")] private readonly ModuleList<Level> _down = [];
    [ComponentName(Name = "reduce")] private readonly ModuleList<PaddedConvolution> _reduce = [];
    [ComponentName(Name = "widen")] private readonly PaddedConvolution _widen;
    [ComponentName(Name = "middle1")] private readonly ResidualBlock _middle1;
    [ComponentName(Name = "middle_attention")] private readonly Attention _middleAttention;
    [ComponentName(Name = "middle2")] private readonly ResidualBlock _middle2;
    [ComponentName(Name = "up")] private readonly ModuleList<Level> _up = [];
    [ComponentName(Name = "enlarge")] private readonly ModuleList<PaddedConvolution> _enlarge = [];
    [ComponentName(Name = "last")] private readonly PaddedConvolution _last;
    [ComponentName(Name = "final")] private readonly ResidualBlock _final;
    [ComponentName(Name = "output")] private readonly Conv2d _output;

    /// <summary>Makes the network of an arm, for so many classes.</summary>
    public Network(Arm arm, int classes) : base(nameof(Network))
    {
        _arm = arm;
        _classes = nn.Embedding(classes, Width);
        _embed1 = nn.Linear(arm == Arm.Untimed ? Width : 2 * Width, EmbeddingWidth);
        _embed2 = nn.Linear(EmbeddingWidth, EmbeddingWidth);
        _first = new PaddedConvolution(3, Width, 7);
        for (var level = 0; level < Levels; level++)
        {
            // A level of the encoder has the channels that the one before it was reduced to.
            var (channels, above) = (Width * (level + 1), level == 0 ? Width : Width * level);
            var (place, attends) = (level == QuanvolutionLevel ? CircuitPlace.Encoder : CircuitPlace.None, level >= FirstAttention);
            _down.Add(new Level(arm, place, attends, above, above, EmbeddingWidth));
            _up.Add(new Level(arm, CircuitPlace.None, attends, channels + above, channels, EmbeddingWidth));
            if (level == Levels - 1) break;
            _reduce.Add(new PaddedConvolution(above, channels, 4, 2));
            _enlarge.Add(new PaddedConvolution(channels + Width, channels));
        }

        const int Middle = Width * Levels;
        _widen = new PaddedConvolution(Middle - Width, Middle);
        _middle1 = new ResidualBlock(arm, CircuitPlace.Bottleneck, Middle, Middle, EmbeddingWidth);
        _middleAttention = new Attention(Middle, isLinear: false);
        _middle2 = new ResidualBlock(arm, CircuitPlace.Bottleneck, Middle, Middle, EmbeddingWidth);
        _last = new PaddedConvolution(Width, Width);
        _final = new ResidualBlock(arm, CircuitPlace.None, 2 * Width, Width, EmbeddingWidth);
        _output = Layers.Pointwise(Width, 3);
        RegisterComponents();
    }

    /// <summary>Every circuit's trained angles by the circuit's name.</summary>
    public IEnumerable<(string Name, Parameter Weights)> Circuits() =>
        named_modules().Where(part => part.module is PatchCircuit { Weights: not null }).Select(part => (part.name, ((PatchCircuit)part.module).Weights!));

    /// <summary>Noisy images [batch, 3, 64, 64], timesteps int64 [batch], classes int64 [batch] → the noise, as the images.</summary>
    public override Tensor forward(Tensor noisy, Tensor timesteps, Tensor classes)
    {
        var label = _classes.call(classes);
        var embedding = _embed2.call(nn.functional.gelu(_embed1.call(_arm == Arm.Untimed ? label : cat([Sinusoids(timesteps), label], 1))));
        var hidden = _first.call(nn.functional.pad(noisy, [2, 2, 2, 2]));
        var kept = new Stack<Tensor>([hidden]);
        for (var level = 0; level < Levels; level++)
        {
            hidden = _down[level].call(hidden, embedding, kept.Push);
            if (level < Levels - 1) hidden = _reduce[level].call(hidden);
        }

        hidden = _middle1.call(_widen.call(hidden), embedding);
        hidden = _middle2.call(_middleAttention.call(hidden), embedding);
        for (var level = Levels - 1; level >= 0; level--)
        {
            hidden = _up[level].Rise(hidden, embedding, kept);
            if (level > 0) hidden = _enlarge[level - 1].call(Enlarged(hidden));
        }

        return _output.call(_final.call(cat([_last.call(hidden), kept.Pop()], 1), embedding));
    }

    // Each pixel four times: the program's nearest neighbour.
    private static Tensor Enlarged(Tensor image) => image.repeat_interleave(2, 2).repeat_interleave(2, 3);

    private static Tensor Sinusoids(Tensor timesteps)
    {
        const int Half = Width / 2;
        var rates = tensor(Enumerable.Range(0, Half).Select(i => MathF.Exp(-MathF.Log(10_000) / (Half - 1) * i)).ToArray(), device: timesteps.device);
        var phases = timesteps.to(ScalarType.Float32).unsqueeze(1).mul(rates);
        return cat([phases.sin(), phases.cos()], 1);
    }
}

/// <summary>Two residual blocks on one level and, below the two largest maps, linear attention.</summary>
internal sealed class Level : nn.Module<Tensor, Tensor, Action<Tensor>, Tensor>
{
    [ComponentName(Name = "block1")] private readonly ResidualBlock _block1;
    [ComponentName(Name = "block2")] private readonly ResidualBlock _block2;
    [ComponentName(Name = "attention")] private readonly Attention? _attention;

    internal Level(Arm arm, CircuitPlace place, bool hasAttention, long inputs, long outputs, long embedding) : base(nameof(Level))
    {
        _block1 = new ResidualBlock(arm, place, inputs, outputs, embedding);
        // What the encoder keeps is as wide as the input without what comes from below.
        _block2 = new ResidualBlock(arm, place, inputs, outputs, embedding);
        if (hasAttention) _attention = new Attention(outputs, isLinear: true);
        RegisterComponents();
    }

    /// <summary>In the encoder: keeps what follows the first block and the attention.</summary>
    public override Tensor forward(Tensor input, Tensor embedding, Action<Tensor> keep)
    {
        var hidden = _block1.call(input, embedding);
        keep(hidden);
        hidden = Attended(_block2.call(hidden, embedding));
        keep(hidden);
        return hidden;
    }

    /// <summary>In the decoder: either block takes what the encoder kept last.</summary>
    internal Tensor Rise(Tensor input, Tensor embedding, Stack<Tensor> kept)
    {
        var hidden = _block1.call(cat([input, kept.Pop()], 1), embedding);
        return Attended(_block2.call(cat([hidden, kept.Pop()], 1), embedding));
    }

    private Tensor Attended(Tensor hidden) => _attention is null ? hidden : _attention.call(hidden);
}
