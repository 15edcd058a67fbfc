using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judges.Features;

/// <summary>Features of SqueezeNet 1.1 trained on ImageNet: a network that has never seen a retina, and so owes nothing to any generator here.</summary>
public sealed class SqueezeNetFeatures : IFeatureNetwork
{
    private const int Side = 224;
    private const int Dimensions = 512;
    private const int Batch = 16;
    private static readonly float[] BlueGreenRed = [103.939f, 116.779f, 123.68f];
    private readonly SqueezeNetModule _module;

    private SqueezeNetFeatures(SqueezeNetModule module, FeatureNetworkDescription description)
    {
        (_module, Description) = (module, description);
        _module.eval();
    }

    /// <inheritdoc />
    public FeatureNetworkDescription Description { get; }

    /// <summary>Loads its weights.</summary>
    /// <param name="path">Safetensors with the tensors conv1, fire2 to fire9.</param>
    /// <param name="compute">Gives the device; the CPU when null.</param>
    /// <exception cref="InputException">The file is damaged or holds something else.</exception>
    public static SqueezeNetFeatures Load(string path, ComputeContext? compute = null)
    {
        var module = ModuleWeights.Fill(new SqueezeNetModule(), path).On(compute);
        var input = "blue, green, red from 0 to 255 less 103.939, 116.779, 123.68; means of the map after fire9";
        return new(module, new FeatureNetworkDescription("SqueezeNet", FileHash.Compute(path), Dimensions, Side, input, IsInception: false));
    }

    /// <inheritdoc />
    public float[] Extract(IReadOnlyList<byte[]> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var noGradient = no_grad();
        var features = new List<float>(images.Count * Dimensions);
        foreach (var batch in images.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            features.AddRange(CollectionPause.Run(() => Extract(batch)));
        }

        return [.. features];
    }

    /// <inheritdoc />
    public void Dispose() => _module.Dispose();

    private float[] Extract(byte[][] batch)
    {
        using var scope = NewDisposeScope();
        var planes = new float[batch.Length * 3 * Side * Side];
        for (var i = 0; i < batch.Length; i++)
        {
            for (var at = 0; at < Side * Side; at++)
            {
                for (var channel = 0; channel < 3; channel++)
                    planes[(((i * 3) + channel) * Side * Side) + at] = batch[i][(3 * at) + 2 - channel] - BlueGreenRed[channel];
            }
        }

        return TensorSpans.ToArray<float>(_module.call(tensor(planes, [batch.Length, 3, Side, Side], device: _module.Device())));
    }
}

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

/// <summary>
/// 3×3 with step 2 and no border. Channels are filled up with zeros as in <see cref="Fovea.Torch.Modules.PaddedConvolution"/>, whose border it must not have.
/// </summary>
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
