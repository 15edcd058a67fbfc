using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

public sealed class NoiseIndependenceTests
{
    public static TheoryData<string, double> Samplers => new() { { "ddpm", 0 }, { "ddim", 0 }, { "ddim", 1 }, { "dpm-solver++", 0 } };

    [Fact]
    public void Normal_SplitBatch_IsBitEqual()
    {
        using var scope = NewDisposeScope();
        var source = new CounterNoiseSource(seed: 5);
        var whole = Sampled.Doubles(source.Normal([6, 2, 3, 3], 4, ScalarType.Float32, CPU));
        var first = Sampled.Doubles(source.Normal([2, 2, 3, 3], 4, ScalarType.Float32, CPU));
        var rest = Sampled.Doubles(source.StartingAt(2).Normal([4, 2, 3, 3], 4, ScalarType.Float32, CPU));
        Assert.Equal(whole, first.Concat(rest));
    }

    [Fact]
    public void Normal_OtherSeedDrawOrImage_IsOtherNoise()
    {
        using var scope = NewDisposeScope();
        double[] Draw(ulong seed, long image, int draw) =>
            Sampled.Doubles(new CounterNoiseSource(seed, image).Normal([1, 8], draw, ScalarType.Float64, CPU));
        var all = new[] { Draw(1, 0, 0), Draw(2, 0, 0), Draw(1, 1, 0), Draw(1, 0, 1), Draw(1, 1, 1), Draw(1, 1L << 40, 0) };
        Assert.Equal(all.Length * 8, all.SelectMany(values => values).Distinct().Count());
    }

    [Fact]
    public void Normal_ManyNumbers_AreStandardNormalAndUncorrelatedBetweenDraws()
    {
        using var scope = NewDisposeScope();
        var source = new CounterNoiseSource(9);
        var a = Sampled.Doubles(source.Normal([50, 1000], 0, ScalarType.Float64, CPU));
        var b = Sampled.Doubles(source.Normal([50, 1000], 1, ScalarType.Float64, CPU));
        // Standard errors at n = 50,000: mean 0.0045, variance 0.0063, fourth moment 0.044, product 0.0045; five of each.
        Assert.Equal(0, a.Average(), 0.0225);
        Assert.Equal(1, a.Average(x => x * x), 0.032);
        Assert.Equal(3, a.Average(x => x * x * x * x), 0.22);
        Assert.Equal(0, a.Zip(b, (x, y) => x * y).Average(), 0.0225);
    }

    [Fact]
    public void Normal_BadAddress_Throws()
    {
        var source = new CounterNoiseSource(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Normal([1, 2], -1, ScalarType.Float32, CPU));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Normal([1, 2], 1 << 20, ScalarType.Float32, CPU));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.StartingAt(-1).Normal([1, 2], 0, ScalarType.Float32, CPU));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Normal([], 0, ScalarType.Float32, CPU));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sample_SplitBatch_GivesTheSameImages(string name, double eta)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(4, CPU);
        var weight = randn([2, 2, 3, 3], generator: generator) * tensor(0.2f);
        var denoiser = new DelegateDenoiser(PredictionKind.Velocity, (x, _) => nn.functional.conv2d(x, weight, padding: [1, 1]).tanh());
        double[] Run(long firstImage, long images)
        {
            var source = new CounterNoiseSource(21, firstImage);
            return Sampled.Doubles(SamplerRegistry.Create(name, Sampled.Linear1000).Sample(new SamplingRequest
            {
                Denoiser = denoiser,
                InitialNoise = source.Normal([images, 2, 6, 6], 0, ScalarType.Float32, CPU),
                Noise = source,
                Options = new SamplerOptions { Steps = 12, Eta = eta },
            }));
        }

        var whole = Run(0, 5);
        double[] split = [.. Run(0, 2), .. Run(2, 3)];
        // The convolution may sum in another order for another batch size; 12 steps of float32 keep that near 1e-6.
        for (var i = 0; i < whole.Length; i++) Assert.Equal(whole[i], split[i], 1e-4);
    }
}
