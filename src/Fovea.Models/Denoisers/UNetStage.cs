using Fovea.Models.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Models.Denoisers;

/// <summary>One step of the U-Net: residual block, optional attention, and what ends the stage.</summary>
internal sealed class UNetStage : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly StageEnd _end;
    private readonly ResidualBlock? _block;
    private readonly AttentionBlock? _attention;
    private readonly ResidualBlock? _secondBlock;
    private readonly Conv2d? _resample;

    /// <summary>A stage with a residual block.</summary>
    internal UNetStage(
        string place, int inputChannels, int channels, bool attention, StageEnd end, int embedding, ConvolutionFactory convolutions)
        : base(nameof(UNetStage))
    {
        _end = end;
        register_module("block", _block = new ResidualBlock(place, inputChannels, channels, convolutions, embedding));
        if (attention) register_module("attention", _attention = new AttentionBlock(channels));
        if (end == StageEnd.SecondBlock)
            register_module("block2", _secondBlock = new ResidualBlock(place, channels, channels, convolutions, embedding));
        if (end == StageEnd.Up) register_module("resample", _resample = nn.Conv2d(channels, channels, 3, padding: 1));
    }

    /// <summary>A stage that only resamples.</summary>
    internal UNetStage(int channels, StageEnd end) : base(nameof(UNetStage))
    {
        _end = end;
        register_module("resample", _resample = nn.Conv2d(channels, channels, 3, stride: 2, padding: 1));
    }

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
