using Fovea.Models.Autoencoders;
using Fovea.Models.Blocks;
using Fovea.Models.Denoisers;
using Fovea.Torch.Modules;
using Fovea.Torch.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Models.Graphs;

/// <summary>
/// The networks that sampling needs as graphs of plain ONNX operators in float32, in which circuits are sines, cosines and matrix products: they run where no
/// quantum simulator is. The batch is open, the sides of maps are fixed.
/// </summary>
public static class NetworkGraphs
{
    private const string Batch = "batch";

    /// <summary>
    /// The decoder: <c>latents</c> [batch, latentChannels, side, side] in the denoiser's scale → <c>images</c> [batch, 3, height, width], limited to [−1, 1].
    /// </summary>
    /// <param name="autoencoder">The autoencoder.</param>
    /// <param name="latentScale">The factor that the denoiser's latents were multiplied by.</param>
    /// <param name="side">Side of the latents.</param>
    public static OnnxGraph Decoder(Autoencoder autoencoder, double latentScale, int side)
    {
        ArgumentNullException.ThrowIfNull(autoencoder);
        var (graph, options) = (new OnnxGraph("decoder"), autoencoder.Options);
        var (blocks, decoder) = (new BlockWriter(graph), autoencoder.Part<Decoder>("decoder"));
        var input = graph.Input(new OnnxValue("latents", OnnxType.Real, [Batch, options.LatentChannels, side, side], "samples of the denoiser"));
        var latents = new GraphMap(graph.Mul(input, graph.Numbers([(float)(1 / latentScale)])), options.LatentChannels, side, side);
        var hidden = blocks.Residual(decoder.Part<ResidualBlock>("middle"), blocks.Write(decoder.Part<nn.Module>("input"), latents), null);
        foreach (var layer in decoder.Part<nn.Module>("levels").children()) hidden = blocks.Write(layer, hidden);
        var detail = blocks.Write(decoder.Part<PaddedConvolution>("output"), blocks.Silu(blocks.Write(decoder.Part<GroupNorm>("output_norm"), hidden)));
        var linear = blocks.Unfold(blocks.Write(decoder.Part<Conv2d>("shortcut"), latents), options.Downsampling);
        var images = blocks.Sum(blocks.Unfold(detail, options.Patch), linear);
        var limited = graph.Node("Clip", [images.Name, graph.Numbers([-1]), graph.Numbers([1])]);
        graph.Output(limited, new OnnxValue("images", OnnxType.Real, [Batch, images.Channels, images.Height, images.Width], "red, green, blue in [-1, 1]"));
        return graph;
    }

    /// <summary>
    /// The denoiser: <c>latents</c> [batch, latentChannels, side, side], <c>timesteps</c> int64 [batch], and where it knows them <c>class_ids</c> int64 [batch]
    /// (<see cref="UNet.ClassCount"/> for "no class") and <c>masks</c> [batch, MaskCount + 1, pixels, pixels] → <c>prediction</c> in the latents' shape.
    /// </summary>
    /// <param name="denoiser">The denoiser.</param>
    /// <param name="channels">Channels of the latents.</param>
    /// <param name="side">Side of the latents.</param>
    /// <param name="pixels">Side of the images, and so of masks.</param>
    public static OnnxGraph Denoiser(UNet denoiser, int channels, int side, int pixels)
    {
        ArgumentNullException.ThrowIfNull(denoiser);
        var graph = new OnnxGraph("denoiser");
        var blocks = new BlockWriter(graph);
        var latents = graph.Input(new OnnxValue("latents", OnnxType.Real, [Batch, channels, side, side], "noisy latents"));
        var timesteps = graph.Input(new OnnxValue("timesteps", OnnxType.Whole, [Batch], "0 (almost clean) and up"));
        var embedding = Timesteps(graph, blocks, denoiser.Part<TimestepEmbedding>("time"), timesteps);
        if (denoiser.Find<Embedding>("classes") is { } classes)
        {
            var ids = graph.Input(new OnnxValue("class_ids", OnnxType.Whole, [Batch], $"0 to {denoiser.ClassCount - 1}; {denoiser.ClassCount} for no class"));
            embedding = graph.Add(embedding, graph.Node("Gather", [graph.Numbers(classes.weight!.Values(), classes.weight!.shape), ids], ("axis", 0L)));
        }

        var hidden = blocks.Write(denoiser.Part<PaddedConvolution>("input"), new GraphMap(latents, channels, side, side));
        if (denoiser.Find<MaskEncoder>("masks") is { } encoder) hidden = blocks.Sum(hidden, Masks(graph, blocks, encoder, denoiser.MaskCount, pixels));
        var prediction = Levels(graph, blocks, denoiser, hidden, graph.Silu(embedding));
        graph.Output(prediction.Name, new OnnxValue("prediction", OnnxType.Real, [Batch, channels, side, side], "what model.json says under prediction"));
        return graph;
    }

    private static string Timesteps(OnnxGraph graph, BlockWriter blocks, TimestepEmbedding time, string timesteps)
    {
        var frequencies = time.named_buffers().First(buffer => buffer.name == "frequencies").buffer.Values();
        var numbers = graph.Node("Cast", [timesteps], ("to", (long)OnnxType.Real));
        var angles = graph.Mul(graph.Reshape(numbers, -1, 1), graph.Numbers(frequencies, 1, frequencies.Length));
        var waves = graph.Concat(1, graph.Each("Cos", angles), graph.Each("Sin", angles));
        return blocks.Linear(time.Part<Linear>("linear2"), graph.Silu(blocks.Linear(time.Part<Linear>("linear1"), waves)));
    }

    private static GraphMap Masks(OnnxGraph graph, BlockWriter blocks, MaskEncoder encoder, int classes, int pixels)
    {
        var meaning = $"{classes} planes of masks, 0 to 1, then one of ones; zeros in all planes for no mask";
        var masks = graph.Input(new OnnxValue("masks", OnnxType.Real, [Batch, classes + 1, pixels, pixels], meaning));
        var hidden = new GraphMap(masks, classes + 1, pixels, pixels);
        foreach (var layer in encoder.Part<nn.Module>("layers").children()) hidden = blocks.Silu(blocks.Write(layer, hidden));
        var output = blocks.Write(encoder.Part<PaddedConvolution>("output"), hidden);
        var isTold = graph.Slice(graph.Slice(graph.Slice(masks, 1, classes, 1), 2, 0, 1), 3, 0, 1);
        return output with { Name = graph.Mul(output.Name, isTold) };
    }

    private static GraphMap Levels(OnnxGraph graph, BlockWriter blocks, UNet denoiser, GraphMap hidden, string embedding)
    {
        var skips = new Stack<GraphMap>([hidden]);
        foreach (var stage in denoiser.Part<nn.Module>("down").children()) skips.Push(hidden = Stage(blocks, (UNetStage)stage, hidden, embedding));
        hidden = Stage(blocks, denoiser.Part<UNetStage>("middle"), hidden, embedding);
        foreach (var stage in denoiser.Part<nn.Module>("up").children())
        {
            var skip = skips.Pop();
            var joined = hidden with { Name = graph.Concat(1, hidden.Name, skip.Name), Channels = hidden.Channels + skip.Channels };
            hidden = Stage(blocks, (UNetStage)stage, joined, embedding);
        }

        return blocks.Write(denoiser.Part<PaddedConvolution>("output"), blocks.Silu(blocks.Write(denoiser.Part<GroupNorm>("output_norm"), hidden)));
    }

    private static GraphMap Stage(BlockWriter blocks, UNetStage stage, GraphMap hidden, string embedding)
    {
        if (stage.Find<ResidualBlock>("block") is { } block) hidden = blocks.Residual(block, hidden, embedding);
        if (stage.Find<AttentionBlock>("attention") is { } attention) hidden = blocks.Write(attention, hidden);
        if (stage.Find<ResidualBlock>("block2") is { } second) hidden = blocks.Residual(second, hidden, embedding);
        if (stage.End == StageEnd.Up) hidden = blocks.Double(hidden);
        return stage.Find<PaddedConvolution>("resample") is { } resample ? blocks.Write(resample, hidden) : hidden;
    }
}
