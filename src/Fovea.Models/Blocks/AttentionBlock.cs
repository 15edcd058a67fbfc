using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Blocks;

/// <summary>Multi-head self-attention over the spatial positions, with a residual path.</summary>
public sealed class AttentionBlock : nn.Module<Tensor, Tensor>
{
    private readonly int _heads;
    [ComponentName(Name = "norm")] private readonly GroupNorm _norm;
    [ComponentName(Name = "qkv")] private readonly Conv2d _queryKeyValue;
    [ComponentName(Name = "output")] private readonly Conv2d _output;

    /// <summary>Builds the block for <paramref name="channels"/> channels with heads of 32 channels where they divide, else with one head.</summary>
    public AttentionBlock(int channels) : base(nameof(AttentionBlock))
    {
        _heads = channels % 32 == 0 ? channels / 32 : 1;
        HeadChannels = channels / _heads;
        _norm = Layers.GroupNorm(NormGroups.For(channels), channels);
        _queryKeyValue = Layers.Pointwise(channels, 3 * channels);
        _output = Layers.Pointwise(channels, channels);
        RegisterComponents();
    }

    /// <summary>Channels of each head.</summary>
    public int HeadChannels { get; }

    internal int Heads => _heads;

    /// <summary>
    /// How many images at the end of a batch are made worse: each of their positions attends to itself alone, the identity in the attention map's place
    /// (Ahn et al. 2024, arXiv 2403.17377, section 4.2). For guidance; not part of the block's state.
    /// </summary>
    internal int Perturbed { get; set; }

    /// <summary>[batch, channels, height, width] → the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        var (batch, channels, height, width) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3]);
        var parts = _queryKeyValue.call(_norm.call(input))
            .reshape(batch, 3 * _heads, channels / _heads, height * width)
            .transpose(2, 3)
            .Parts(3, 1);
        // In one piece each: the products then read rows, a fifth less time on the largest map.
        return input.Plus(_output.call(Attend(parts).transpose(2, 3).reshape(batch, channels, height, width)));
    }

    private Tensor Attend(Tensor[] parts)
    {
        if (Perturbed == 0) return nn.functional.scaled_dot_product_attention(parts[0].contiguous(), parts[1].contiguous(), parts[2].contiguous());
        var whole = parts[0].shape[0] - Perturbed;
        if (whole == 0) return parts[2];
        var attended = nn.functional.scaled_dot_product_attention(
            parts[0].narrow(0, 0, whole).contiguous(), parts[1].narrow(0, 0, whole).contiguous(), parts[2].narrow(0, 0, whole).contiguous());
        return cat([attended, parts[2].narrow(0, whole, Perturbed)], 0);
    }
}
