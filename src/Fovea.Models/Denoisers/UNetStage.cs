using Fovea.Models.Blocks;
using Fovea.Torch.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Denoisers;

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
