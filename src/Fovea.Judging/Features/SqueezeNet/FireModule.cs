using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judging.Features.SqueezeNet;

/// <summary>Squeezes the channels by a 1×1 convolution and spreads them by a 1×1 and a 3×3 one side by side.</summary>
internal sealed class FireModule : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "squeeze")] private readonly Conv2d _squeeze;
    [ComponentName(Name = "expand1x1")] private readonly Conv2d _pointwise;
    [ComponentName(Name = "expand3x3")] private readonly PaddedConvolution _spatial;

    public FireModule(int inputs, int squeezed, int expanded) : base(nameof(FireModule))
    {
        _squeeze = Layers.Pointwise(inputs, squeezed);
        _pointwise = Layers.Pointwise(squeezed, expanded);
        _spatial = new PaddedConvolution(squeezed, expanded);
        RegisterComponents();
    }

    /// <summary>[batch, inputs, height, width] → [batch, 2 · expanded, height, width].</summary>
    public override Tensor forward(Tensor input)
    {
        var squeezed = nn.functional.relu(_squeeze.call(input));
        return cat([nn.functional.relu(_pointwise.call(squeezed)), nn.functional.relu(_spatial.call(squeezed))], 1);
    }
}
