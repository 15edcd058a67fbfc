using Fovea.Models.Autoencoders;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>Samples of a batch do not mix, in any network.</summary>
[Collection(nameof(MemoryMeasurements))]
public class SampleIndependenceTests
{
    private const int Batch = 5;

    // Values of order 1 through about fifty float32 operations, whose sums may be ordered otherwise for another batch size.
    private const float Rounding = 2e-5f;

    public static TheoryData<string, bool> Cases => new()
    {
        { "autoencoder", false }, { "autoencoder", true }, { "denoiser", false }, { "denoiser", true }, { "discriminator", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_BatchOfOne_EqualsRowOfBatch(string kind, bool quantum)
    {
        using var network = Network.Create(kind, quantum);
        var rows = network.Run(Enumerable.Range(0, Batch));
        for (var i = 0; i < Batch; i++) AssertClose(rows[i], network.Run([i])[0]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_PermutedBatch_PermutesOutputs(string kind, bool quantum)
    {
        using var network = Network.Create(kind, quantum);
        var rows = network.Run(Enumerable.Range(0, Batch));
        int[] order = [3, 0, 4, 2, 1];
        var permuted = network.Run(order);
        for (var i = 0; i < Batch; i++) AssertClose(rows[order[i]], permuted[i]);
        Assert.True(rows[0].Zip(rows[1]).Max(p => Math.Abs(p.First - p.Second)) > 100 * Rounding, "the rows are alike, which tests nothing");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_OneSampleChanged_LeavesOthersBitEqual(string kind, bool quantum)
    {
        using var network = Network.Create(kind, quantum);
        var rows = network.Run(Enumerable.Range(0, Batch));
        var changed = network.Run([0, 1, 9, 3, 4]);
        foreach (var i in new[] { 0, 1, 3, 4 }) Assert.Equal(rows[i], changed[i]);
        Assert.NotEqual(rows[2], changed[2]);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), p => Assert.InRange(p.First - p.Second, -Rounding, Rounding));
    }

    private sealed record Network(nn.Module Module, Func<int[], Tensor> Forward) : IDisposable
    {
        public void Dispose() => Module.Dispose();

        internal static Network Create(string kind, bool quantum)
        {
            var circuits = quantum ? Networks.Quantum : Networks.Classical;
            switch (kind)
            {
                case "autoencoder":
                    var autoencoder = Networks.Autoencoder(circuits with { Autoencoder = Networks.AllAutoencoderPlaces });
                    Networks.Perturb(autoencoder);
                    return new(autoencoder, items => autoencoder.call(Images(items)));
                case "denoiser":
                    var denoiser = Networks.Denoiser(circuits with { Denoiser = Networks.AllDenoiserPlaces });
                    return new(denoiser, items => denoiser.call(
                        Stack(items, i => Networks.Normal((ulong)(200 + i), 1, Networks.LatentChannels, 4, 4)),
                        tensor(items.Select(i => 37L * i).ToArray()),
                        tensor(items.Select(i => (long)(i % (Networks.Classes + 1))).ToArray())));
                default:
                    var discriminator = new PatchDiscriminator(8);
                    Fovea.Torch.Modules.SeededInitialization.Apply(discriminator, 4);
                    return new(discriminator, items => discriminator.call(Images(items)));
            }
        }

        internal float[][] Run(IEnumerable<int> items) => CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            var output = Forward([.. items]);
            var values = TensorSpans.ToArray<float>(output);
            return values.Chunk(values.Length / (int)output.shape[0]).ToArray();
        });

        private static Tensor Images(int[] items) => Stack(items, i => Networks.Normal((ulong)(100 + i), 1, 3, 16, 16));

        private static Tensor Stack(int[] items, Func<int, Tensor> make) => cat([.. items.Select(make)], 0);
    }
}
