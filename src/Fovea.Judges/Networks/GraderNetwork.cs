using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judges.Networks;

/// <summary>
/// A compact convolutional network for image quality: the trunk, the means and the maxima over its map, one linear layer. Maxima are
/// there because one sharp vessel says that a picture is sharp.
/// </summary>
internal sealed class GraderNetwork : ConvolutionalTrunk
{
    private const int MostChannels = 128;
    [ComponentName(Name = "dropout")] private readonly SeededDropout _dropout = new(0.3);
    [ComponentName(Name = "head")] private readonly Linear _head;

    /// <param name="side">Side of the images: a power of two from 16 on.</param>
    /// <param name="width">Channels of the first layer, a multiple of 8.</param>
    public GraderNetwork(int side, int width) : base(nameof(GraderNetwork), side, width, MostChannels)
    {
        _head = nn.Linear(2 * Channels, 3);
        RegisterComponents();
    }

    /// <summary>[batch, 3, side, side] in [−1, 1] → [batch, 3] logits of good, usable, reject.</summary>
    public override Tensor forward(Tensor input)
    {
        var map = Map(input);
        var features = cat([map.mean([2, 3]), map.amax([2, 3])], 1);
        return _head.call(_dropout.call(features));
    }
}

/// <summary>
/// A small network that tells two sets of images apart: the trunk, the means and the maxima over its map, one linear layer. Maxima are there because one
/// wrong corner says that a picture is generated.
/// </summary>
internal sealed class TwoSampleNetwork : ConvolutionalTrunk
{
    private const int MostChannels = 64;
    [ComponentName(Name = "dropout")] private readonly SeededDropout _dropout = new(0.2);
    [ComponentName(Name = "head")] private readonly Linear _head;

    /// <param name="side">Side of the images, from 16 on.</param>
    /// <param name="width">Channels of the first layer, a multiple of 8.</param>
    public TwoSampleNetwork(int side, int width) : base(nameof(TwoSampleNetwork), side, width, MostChannels)
    {
        _head = nn.Linear(2 * Channels, 1);
        RegisterComponents();
    }

    /// <summary>[batch, 3, side, side] in [−1, 1] → [batch] logarithms of the odds for the first set.</summary>
    public override Tensor forward(Tensor input)
    {
        var map = Map(input);
        return _head.call(_dropout.call(cat([map.mean([2, 3]), map.amax([2, 3])], 1))).squeeze(1);
    }
}

/// <summary>A small classifier: the trunk, the means over its map, one linear layer.</summary>
internal sealed class ClassNetwork : ConvolutionalTrunk
{
    private const int MostChannels = 128;
    [ComponentName(Name = "dropout")] private readonly SeededDropout _dropout = new(0.3);
    [ComponentName(Name = "head")] private readonly Linear _head;

    /// <param name="side">Side of the images: a power of two from 16 on.</param>
    /// <param name="width">Channels of the first layer, a multiple of 8.</param>
    /// <param name="classes">Number of classes.</param>
    public ClassNetwork(int side, int width, int classes) : base(nameof(ClassNetwork), side, width, MostChannels)
    {
        _head = nn.Linear(Channels, classes);
        RegisterComponents();
    }

    /// <summary>[batch, 3, side, side] in [−1, 1] → [batch, classes] logits.</summary>
    public override Tensor forward(Tensor input) => _head.call(_dropout.call(Map(input).mean([2, 3])));
}
