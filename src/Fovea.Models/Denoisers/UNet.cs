using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Denoisers;

/// <summary>
/// The denoiser: a U-Net over latents with timestep modulation, self-attention at the coarse levels, and optional class
/// conditioning (one extra class stands for "no class", for classifier-free guidance) and masks (<see cref="MaskEncoder"/>). After Ho et al. 2020 (arXiv
/// 2006.11239) and Dhariwal and Nichol 2021 (arXiv 2105.05233).
/// </summary>
public sealed class UNet : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor>
{
    [ComponentName(Name = "time")] private readonly TimestepEmbedding _time;
    [ComponentName(Name = "classes")] private readonly Embedding? _classes;
    [ComponentName(Name = "masks")] private readonly MaskEncoder? _masks;
    [ComponentName(Name = "input")] private readonly PaddedConvolution _input;
    [ComponentName(Name = "down")] private readonly ModuleList<UNetStage> _down;
    [ComponentName(Name = "middle")] private readonly UNetStage _middle;
    [ComponentName(Name = "up")] private readonly ModuleList<UNetStage> _up;
    [ComponentName(Name = "output_norm")] private readonly GroupNorm _outputNorm;
    [ComponentName(Name = "output")] private readonly PaddedConvolution _output;
    private readonly AttentionBlock[] _attention;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="latentChannels">Channels of the latent.</param>
    /// <param name="classCount">Number of classes; used when the options ask for class conditioning.</param>
    /// <param name="options">The network's shape.</param>
    /// <param name="quantum">The circuits and their places.</param>
    /// <param name="masks">The masks that it is told; needed, and used, when the options ask for them.</param>
    public UNet(int latentChannels, int classCount, DenoiserOptions options, QuantumOptions quantum, MaskShape? masks = null) : base(nameof(UNet))
    {
        QuantumPlaces.RequireExisting("quantum.denoiser", quantum.Denoiser, options.Places);
        var convolutions = new ConvolutionFactory(quantum, quantum.Denoiser, quantum.DenoiserLayer);
        var channels = options.Channels;
        var embedding = 4 * channels[0];
        ClassCount = options.ClassConditional ? classCount : 0;
        _time = new TimestepEmbedding(channels[0], embedding);
        if (options.ClassConditional) _classes = nn.Embedding(classCount + 1, embedding);
        _input = new PaddedConvolution(latentChannels, channels[0]);
        if (options.MaskConditional)
        {
            _masks = new MaskEncoder(masks ?? throw new ArgumentNullException(nameof(masks), "the options ask for masks"),
                channels[0]);
        }

        MaskCount = options.MaskConditional ? masks!.Classes : 0;

        _down = nn.ModuleList<UNetStage>();
        var current = channels[0];
        var skips = new Stack<int>([current]);
        for (var level = 0; level < channels.Count; level++)
        {
            var attention = options.Attention.Contains(level + 1);
            for (var block = 0; block < options.Blocks; block++)
            {
                _down.append(new UNetStage($"down{level + 1}", current, channels[level], attention, StageEnd.None, embedding, convolutions));
                skips.Push(current = channels[level]);
            }

            if (level == channels.Count - 1) break;
            _down.append(new UNetStage(current, StageEnd.Down));
            skips.Push(current);
        }

        _middle = new UNetStage("middle", current, current, true, StageEnd.SecondBlock, embedding, convolutions);
        _up = nn.ModuleList<UNetStage>();
        for (var level = channels.Count - 1; level >= 0; level--)
        {
            var attention = options.Attention.Contains(level + 1);
            for (var block = 0; block <= options.Blocks; block++)
            {
                var end = block == options.Blocks && level > 0 ? StageEnd.Up : StageEnd.None;
                _up.append(new UNetStage($"up{level + 1}", current + skips.Pop(), channels[level], attention, end, embedding, convolutions));
                current = channels[level];
            }
        }

        _outputNorm = Layers.GroupNorm(NormGroups.For(current), current);
        _output = new PaddedConvolution(current, latentChannels);
        RegisterComponents();
        _attention = [.. modules().OfType<AttentionBlock>()];
    }

    /// <summary>Number of classes, 0 when the network is unconditional. The class index <c>ClassCount</c> means "no class".</summary>
    public int ClassCount { get; }

    /// <summary>Classes of mask, 0 when the network is told none.</summary>
    public int MaskCount { get; }

    /// <summary>The prediction without masks.</summary>
    public Tensor call(Tensor noisy, Tensor timesteps, Tensor? classes) => call(noisy, timesteps, classes, null);

    /// <summary>
    /// Noisy latents [batch, latentChannels, height, width], timesteps [batch], class indices [batch] (int64) or null,
    /// masks [batch, MaskCount + 1, side, side] of the images or null → the prediction, in the latents' shape. Without indices a conditional network predicts
    /// for "no class". Masks are 0 to 1; their last plane is 1 for an image whose mask is told and 0 for one whose mask is not, which all are without masks.
    /// </summary>
    public override Tensor forward(Tensor noisy, Tensor timesteps, Tensor? classes, Tensor? masks)
    {
        using var scope = NewDisposeScope();
        var embedding = _time.call(timesteps);
        if (_classes is not null)
            embedding = embedding.Plus(_classes.call(classes ?? NoClass(noisy)));

        var hidden = _input.call(noisy);
        if (_masks is not null && masks is not null) hidden = hidden.Plus(_masks.call(masks));
        var skips = new Stack<Tensor>([hidden]);
        foreach (var stage in _down) skips.Push(hidden = stage.call(hidden, embedding));
        hidden = _middle.call(hidden, embedding);
        foreach (var stage in _up) hidden = stage.call(cat([hidden, skips.Pop()], 1), embedding);
        return _output.call(nn.functional.silu(_outputNorm.call(hidden))).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The prediction where the last images of a batch are put out of attention: in every attention block each of their positions sees itself alone. What
    /// such a prediction lacks is what attention gives, the parts of an image that go together, and guidance leads away from it (Ahn et al. 2024, arXiv
    /// 2403.17377).
    /// </summary>
    /// <param name="noisy">Noisy latents [batch, latentChannels, height, width].</param>
    /// <param name="timesteps">Timesteps [batch].</param>
    /// <param name="classes">Class indices [batch], int64, or null.</param>
    /// <param name="masks">Masks [batch, MaskCount + 1, side, side] or null.</param>
    /// <param name="perturbed">How many images at the batch's end.</param>
    public Tensor Predict(Tensor noisy, Tensor timesteps, Tensor? classes, Tensor? masks, int perturbed)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        ArgumentOutOfRangeException.ThrowIfNegative(perturbed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perturbed, noisy.shape[0]);
        try
        {
            foreach (var block in _attention) block.Perturbed = perturbed;
            return call(noisy, timesteps, classes, masks);
        }
        finally
        {
            foreach (var block in _attention) block.Perturbed = 0;
        }
    }

    private Tensor NoClass(Tensor noisy) => tensor(Enumerable.Repeat((long)ClassCount, (int)noisy.shape[0]).ToArray(), device: noisy.device);
}

/// <summary>One step of the U-Net: residual block, optional attention, and what ends the stage.</summary>
internal sealed class UNetStage : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly StageEnd _end;
    [ComponentName(Name = "block")] private readonly ResidualBlock? _block;
    [ComponentName(Name = "attention")] private readonly AttentionBlock? _attention;
    [ComponentName(Name = "block2")] private readonly ResidualBlock? _secondBlock;
    [ComponentName(Name = "resample")] private readonly PaddedConvolution? _resample;

    /// <summary>A stage with a residual block.</summary>
    internal UNetStage(
        string place, int inputChannels, int channels, bool attention, StageEnd end, int embedding, ConvolutionFactory convolutions)
        : base(nameof(UNetStage))
    {
        _end = end;
        _block = new ResidualBlock(place, inputChannels, channels, convolutions, embedding);
        if (attention) _attention = new AttentionBlock(channels);
        if (end == StageEnd.SecondBlock)
            _secondBlock = new ResidualBlock(place, channels, channels, convolutions, embedding);
        if (end == StageEnd.Up) _resample = new PaddedConvolution(channels, channels);
        RegisterComponents();
    }

    /// <summary>A stage that only resamples.</summary>
    internal UNetStage(int channels, StageEnd end) : base(nameof(UNetStage))
    {
        _end = end;
        _resample = new PaddedConvolution(channels, channels, stride: 2);
        RegisterComponents();
    }

    /// <summary>What follows the residual block.</summary>
    internal StageEnd End => _end;

    /// <inheritdoc />
    public override Tensor forward(Tensor input, Tensor embedding)
    {
        var hidden = _block is null ? input : _block.call(input, embedding);
        if (_attention is not null) hidden = _attention.call(hidden);
        if (_secondBlock is not null) hidden = _secondBlock.call(hidden, embedding);
        if (_end == StageEnd.Up) hidden = Upsampling.Nearest(hidden);
        return _resample is null ? hidden : _resample.call(hidden);
    }
}

/// <summary>What follows a U-Net stage's residual block.</summary>
internal enum StageEnd
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A strided convolution that halves the resolution.</summary>
    Down,

    /// <summary>Nearest-neighbour upsampling and a convolution.</summary>
    Up,

    /// <summary>A second residual block, as in the middle of the network.</summary>
    SecondBlock,
}

/// <summary>The shape of the denoising U-Net, the <c>[denoiser]</c> section of a configuration.</summary>
public sealed record DenoiserOptions
{
    /// <summary>Channels of each resolution level, finest first; each further level halves the resolution.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [64, 128, 128];

    /// <summary>Residual blocks a level on the way down; one more on the way up.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>Levels (1 = finest) that have self-attention after each block; the middle always has it.</summary>
    public IReadOnlyList<int> Attention { get; init; } = [2, 3];

    /// <summary>Whether the network is conditioned on the class label.</summary>
    public bool ClassConditional { get; init; }

    /// <summary>Whether the network is told masks of the images.</summary>
    public bool MaskConditional { get; init; }

    /// <summary>Names of the places where a block can be quantum: <c>downN</c>, <c>middle</c>, <c>upN</c>.</summary>
    public IReadOnlyList<string> Places =>
    [
        .. Enumerable.Range(1, Channels.Count).Select(level => $"down{level}"),
        "middle",
        .. Enumerable.Range(1, Channels.Count).Select(level => $"up{level}"),
    ];
}

/// <summary>
/// Sinusoidal features of the timestep, then two linear layers. Vaswani et al. 2017, section 3.5; as used in Ho et al. 2020.
/// </summary>
public sealed class TimestepEmbedding : nn.Module<Tensor, Tensor>
{
    private const double LongestPeriod = 10_000;
    [ComponentName(Name = "frequencies")] private readonly Tensor _frequencies;
    [ComponentName(Name = "linear1")] private readonly Linear _linear1;
    [ComponentName(Name = "linear2")] private readonly Linear _linear2;

    /// <summary>Builds the embedding: <paramref name="features"/> sinusoids (even), <paramref name="channels"/> outputs.</summary>
    public TimestepEmbedding(int features, int channels) : base(nameof(TimestepEmbedding))
    {
        if (features % 2 != 0) throw new ArgumentException($"{features} features: an even number is needed, half cosines and half sines", nameof(features));
        var half = features / 2;
        var frequencies = Enumerable.Range(0, half).Select(i => (float)Math.Exp(-Math.Log(LongestPeriod) * i / half)).ToArray();
        _frequencies = tensor(frequencies);
        _linear1 = nn.Linear(features, channels);
        _linear2 = nn.Linear(channels, channels);
        RegisterComponents();
    }

    /// <summary>Timesteps [batch] (any number type) → [batch, channels].</summary>
    public override Tensor forward(Tensor timesteps)
    {
        var angles = timesteps.to_type(_frequencies.dtype).unsqueeze(1).mul(_frequencies.unsqueeze(0));
        return _linear2.call(nn.functional.silu(_linear1.call(cat([angles.cos(), angles.sin()], 1))));
    }
}
