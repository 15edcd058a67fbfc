using Fovea.Core.Errors;
using Fovea.Models;
using Fovea.Models.Autoencoders;
using Fovea.Models.Denoisers;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

[Collection(nameof(MemoryMeasurements))]
public class NetworkShapeTests
{
    private static readonly int[] LevelChannels = [8, 12, 16];

    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            foreach (var patch in new[] { 1, 2, 4 })
            {
                for (var levels = 1; levels <= 3; levels++)
                {
                    for (var blocks = 1; blocks <= 2; blocks++)
                        shapes.Add(patch, levels, blocks);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Autoencoder_EveryPatchAndLevels_HalvesAndRestoresTheSide(int patch, int levels, int blocks)
    {
        var shape = new AutoencoderOptions { LatentChannels = 3, Channels = LevelChannels[..levels], Blocks = blocks, Patch = patch };
        using var model = Networks.Autoencoder(Networks.Quantum, shape);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var side = 32 / (patch * (1 << (levels - 1)));
        Assert.Equal(32 / side, shape.Downsampling);
        var posterior = model.Encode(Networks.Normal(1, 2, 3, 32, 32));
        Assert.Equal([2, 3, side, side], posterior.Mean.shape);
        Assert.Equal([2, 3, side, side], posterior.LogVariance.shape);
        Assert.Equal([2, 3, 32, 32], model.Decode(posterior.Mean).shape);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public void Denoiser_EveryLevelsAndBlocks_KeepsTheShape(int levels, int blocks)
    {
        var shape = new DenoiserOptions { Channels = LevelChannels[..levels], Blocks = blocks, Attention = [levels] };
        using var model = Networks.Denoiser(Networks.Quantum, shape);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Assert.Equal(
            [2, Networks.LatentChannels, 8, 8], model.call(Networks.Normal(1, 2, Networks.LatentChannels, 8, 8), tensor(new long[] { 1, 2 }), null).shape);
        Assert.Equal(0, model.ClassCount);
    }

    [Fact]
    public void Autoencoder_UnknownPlace_NamesTheAllowedOnes()
    {
        var failure = Assert.Throws<InputException>(
            () => new Autoencoder(Networks.AutoencoderShape, Networks.Quantum with { Autoencoder = ["encoder.midle"] }));
        Assert.Equal(
            "quantum.autoencoder: 'encoder.midle' is not a place in this network; allowed: encoder.level1, encoder.level2, encoder.middle, "
            + "decoder.middle, decoder.level1, decoder.level2; did you mean 'encoder.middle'?",
            failure.Message);
    }

    [Fact]
    public void Denoiser_UnknownPlaceOfTheClassicalTwin_NamesTheAllowedOnes()
    {
        var options = Networks.Classical with { Denoiser = ["down3"] };
        var failure = Assert.Throws<InputException>(() => new UNet(2, 0, new DenoiserOptions { Channels = [8, 8] }, options));
        Assert.StartsWith("quantum.denoiser: 'down3' is not a place in this network; allowed: down1, down2, middle, up1, up2", failure.Message);
    }

    [Fact]
    public void Places_EachOne_MakesQuantumLayers()
    {
        foreach (var place in Networks.AutoencoderShape.Places)
        {
            using var model = new Autoencoder(Networks.AutoencoderShape, Networks.Quantum with { Autoencoder = [place] });
            Assert.Single(ParameterReport.QuantumLayersOf(model));
        }

        // A level has one block on the way down and two on the way up; the middle has two.
        foreach (var place in Networks.DenoiserShape.Places)
        {
            using var model = new UNet(2, 3, Networks.DenoiserShape, Networks.Quantum with { Denoiser = [place] });
            Assert.Equal(place.StartsWith("down", StringComparison.Ordinal) ? 1 : 2, ParameterReport.QuantumLayersOf(model).Count);
        }

        Assert.Equal(Networks.AllAutoencoderPlaces.Order(), Networks.AutoencoderShape.Places.Order());
        Assert.Equal(Networks.AllDenoiserPlaces.Order(), Networks.DenoiserShape.Places.Order());
    }

    [Fact]
    public void Denoiser_NoLabels_EqualsTheNullClassAndDiffersFromEveryOther()
    {
        using var model = Networks.Denoiser(Networks.Quantum);
        float[] Run(long? label) => CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            var labels = label is { } value ? tensor(new[] { value, value }) : null;
            return TensorSpans.ToArray<float>(model.call(Networks.Normal(1, 2, Networks.LatentChannels, 4, 4), tensor(new long[] { 7, 70 }), labels));
        });
        Assert.Equal(Networks.Classes, model.ClassCount);
        Assert.Equal(Run(Networks.Classes), Run(null));
        for (var label = 0; label < Networks.Classes; label++)
            Assert.True(Run(label).Zip(Run(null)).Max(p => Math.Abs(p.First - p.Second)) > 1e-3, $"class {label} has no effect");
    }

    [Fact]
    public void TimestepEmbedding_ThousandTimesteps_AllDistinct()
    {
        using var embedding = new TimestepEmbedding(8, 32);
        SeededInitialization.Apply(embedding, 1);
        using var scope = NewDisposeScope();
        var rows = TensorSpans.ToArray<float>(embedding.call(arange(1000L).to_type(ScalarType.Int64))).Chunk(32).ToArray();
        Assert.Equal(1000, rows.Length);
        for (var t = 1; t < rows.Length; t++)
            // 1e-4 is a thousand times the rounding of numbers of order 0.1 to 1.
            Assert.True(rows[..t].All(r => r.Zip(rows[t]).Max(p => Math.Abs(p.First - p.Second)) > 1e-4), $"timestep {t} looks like an earlier one");
    }

    [Fact]
    public void TimestepEmbedding_OddFeatures_Throws() => Assert.Throws<ArgumentException>(() => new TimestepEmbedding(9, 16));

    [Fact]
    public void Denoiser_NeighbouringTimesteps_PredictDifferently()
    {
        using var model = Networks.Denoiser(Networks.Quantum);
        float[] Run(long timestep) => CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            return TensorSpans.ToArray<float>(model.call(Networks.Normal(1, 1, Networks.LatentChannels, 4, 4), tensor(new[] { timestep }), null));
        });
        Assert.NotEqual(Run(10), Run(11));
        Assert.Equal(Run(10), Run(10));
    }
}
