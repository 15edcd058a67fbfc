using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Models.Autoencoders;

/// <summary>
/// Principal component analysis as the autoencoder's starting point. Each block of f × f pixels is one sample; the latent's
/// channels become its leading components, scaled to unit variance, with a small posterior variance.
/// </summary>
internal static class LinearStart
{
    private const double StartLogVariance = -6;
    private const double SmallestVariance = 1e-6;

    internal static void Apply(Tensor images, AutoencoderOptions options, Conv2d encode, Conv2d decode)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var blocks = nn.functional.pixel_unshuffle(images, options.Downsampling).permute(0, 2, 3, 1).flatten(0, 2).to_type(ScalarType.Float64);
        var mean = blocks.mean([0]);
        var centred = blocks.sub(mean);
        using Scalar count = (double)blocks.shape[0];
        var (variances, vectors) = linalg.eigh(centred.transpose(0, 1).matmul(centred).div(count));
        using Scalar smallest = SmallestVariance;
        var dimensions = (int)variances.shape[0];
        var kept = Math.Min(options.LatentChannels, dimensions);
        var deviations = variances.narrow(0, dimensions - kept, kept).clamp_min(smallest).sqrt();
        var components = vectors.narrow(1, dimensions - kept, kept).transpose(0, 1);

        var encoding = components.div(deviations.unsqueeze(1));
        Fill(encode, 0, StartLogVariance, options.LatentChannels);
        encode.weight!.narrow(0, 0, kept).copy_(encoding.view(kept, dimensions, 1, 1));
        encode.bias!.narrow(0, 0, kept).copy_(encoding.matmul(mean).neg());
        Fill(decode, 0, 0, options.LatentChannels);
        decode.weight!.narrow(1, 0, kept).copy_(components.mul(deviations.unsqueeze(1)).transpose(0, 1).view(dimensions, kept, 1, 1));
        decode.bias!.copy_(mean);
    }

    private static void Fill(Conv2d layer, double weight, double laterBias, int latentChannels)
    {
        using Scalar zero = weight;
        using Scalar later = laterBias;
        layer.weight!.fill_(zero);
        layer.bias!.fill_(zero);
        if (layer.bias.shape[0] == 2 * latentChannels) layer.bias.narrow(0, latentChannels, latentChannels).fill_(later);
    }
}
