using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judging.Features.SqueezeNet;

/// <summary>SqueezeNet 1.1 without its classifier. Iandola et al. 2016, arXiv 1602.07360, and the 1.1 revision of its authors.</summary>
internal sealed class SqueezeNetModule : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "conv1")] private readonly FirstConvolution _first = new();
    [ComponentName(Name = "fire2")] private readonly FireModule _fire2 = new(64, 16, 64);
    [ComponentName(Name = "fire3")] private readonly FireModule _fire3 = new(128, 16, 64);
    [ComponentName(Name = "fire4")] private readonly FireModule _fire4 = new(128, 32, 128);
    [ComponentName(Name = "fire5")] private readonly FireModule _fire5 = new(256, 32, 128);
    [ComponentName(Name = "fire6")] private readonly FireModule _fire6 = new(256, 48, 192);
    [ComponentName(Name = "fire7")] private readonly FireModule _fire7 = new(384, 48, 192);
    [ComponentName(Name = "fire8")] private readonly FireModule _fire8 = new(384, 64, 256);
    [ComponentName(Name = "fire9")] private readonly FireModule _fire9 = new(512, 64, 256);

    public SqueezeNetModule() : base(nameof(SqueezeNetModule)) => RegisterComponents();

    /// <summary>[batch, 3, side, side] in the network's own input convention → [batch, 512], the means of the last map.</summary>
    public override Tensor forward(Tensor input)
    {
        var map = Halved(nn.functional.relu(_first.call(input)));
        map = Halved(_fire3.call(_fire2.call(map)));
        map = Halved(_fire5.call(_fire4.call(map)));
        return _fire9.call(_fire8.call(_fire7.call(_fire6.call(map)))).mean([2, 3]);
    }

    private static Tensor Halved(Tensor map) => nn.functional.max_pool2d(map, [3, 3], strides: [2, 2]);
}
