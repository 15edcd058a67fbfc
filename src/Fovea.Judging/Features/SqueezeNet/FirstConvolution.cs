using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judging.Features.SqueezeNet;

/// <summary>3×3 with step 2 and no border. Channels are filled up with zeros as in <see cref="Fovea.Torch.Modules.PaddedConvolution"/>, whose border it must not have.</summary>
internal sealed class FirstConvolution : nn.Module<Tensor, Tensor>
{
    private const int Colours = 3;
    private const int FilledUp = 32;
    private const int Outputs = 64;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    public FirstConvolution() : base(nameof(FirstConvolution))
    {
        _weight = nn.Parameter(zeros(Outputs, Colours, 3, 3));
        _bias = nn.Parameter(zeros(Outputs));
        RegisterComponents();
    }

    /// <summary>[batch, 3, height, width] → [batch, 64, (height − 1)/2, (width − 1)/2].</summary>
    public override Tensor forward(Tensor input)
    {
        var filled = nn.functional.pad(input, [0, 0, 0, 0, 0, FilledUp - Colours]);
        var weight = nn.functional.pad(_weight, [0, 0, 0, 0, 0, FilledUp - Colours]);
        return nn.functional.conv2d(filled, weight, _bias, strides: [2, 2]);
    }
}
