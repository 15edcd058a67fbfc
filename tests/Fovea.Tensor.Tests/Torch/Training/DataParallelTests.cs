using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Training;

public sealed class DataParallelTests : IDisposable
{
    private const int Batch = 10;
    private readonly Sequential _network = Network(seed: 1);

    public DataParallelTests() => TorchRuntime.Initialize(1);

    public void Dispose() => _network.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_Parts_GiveTheGradientsOfTheWholeBatch(int threads)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = (Numbers(1, Batch, 3, 8, 8), Numbers(2, Batch, 4));
        Loss(_network, inputs, targets).backward();
        var whole = Gradients(_network);
        foreach (var parameter in _network.parameters()) parameter.grad = null;

        // A batch of ten for three threads: parts of 3, 3 and 4 items would be of fewer than four; two are made.
        var parts = BatchParts.Cut(Batch, threads);
        using var parallel = new DataParallel<Sequential>(_network, () => Network(seed: 2), parts);
        parallel.Run((part, network) => part.Weigh(Loss(network, part.Slice(inputs), part.Slice(targets))).backward());

        Assert.Equal(Math.Min(threads, 2), parts.Parts.Count);
        foreach (var (name, gradient) in Gradients(_network))
            Assert.All(gradient.Zip(whole[name]), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Run_SameParts_GiveTheSameBits()
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = (Numbers(1, Batch, 3, 8, 8), Numbers(2, Batch, 4));
        using var parallel = new DataParallel<Sequential>(_network, () => Network(seed: 2), BatchParts.Cut(Batch, 2));
        Dictionary<string, float[]> Once()
        {
            foreach (var parameter in _network.parameters()) parameter.grad = null;
            parallel.Run((part, network) => part.Weigh(Loss(network, part.Slice(inputs), part.Slice(targets))).backward());
            return Gradients(_network);
        }

        var first = Once();
        for (var i = 0; i < 5; i++) Assert.Equal(first, Once());
    }

    [Fact]
    public void Run_PartThrows_ThrowsWhenAllAreDone()
    {
        using var parallel = new DataParallel<Sequential>(_network, () => Network(seed: 2), BatchParts.Cut(Batch, 2));
        var done = 0;
        var thrown = Assert.Throws<InvalidDataException>(() => parallel.Run((part, _) =>
        {
            if (part.Index == 0) throw new InvalidDataException("the first part");
            Interlocked.Increment(ref done);
        }));
        Assert.Equal("the first part", thrown.Message);
        Assert.Equal(1, done);
        parallel.Run((_, _) => Interlocked.Increment(ref done));
        Assert.Equal(3, done);
    }

    [Fact]
    public void Map_Items_AreMeasuredWithPresentWeightsInOrder()
    {
        using var scope = NewDisposeScope();
        using var parallel = new DataParallel<Sequential>(_network, () => Network(seed: 2), BatchParts.Cut(Batch, 2));
        int[] items = [3, 1, 4, 1, 5, 9, 2];
        double Measure(Sequential network, int item) => network.call(Numbers(item, 1, 3, 8, 8)).sum().ToDouble();
        Assert.Equal(items.Select(item => Measure(_network, item)), parallel.Map(items, Measure));
    }

    [Fact]
    public void Map_TellingFails_TellsNothingMore()
    {
        using var parallel = new DataParallel<Sequential>(_network, () => Network(seed: 2), BatchParts.Cut(Batch, 2));
        var told = new List<int>();
        void Tell(int item, int result)
        {
            told.Add(item);
            if (item == 3) throw new IOException("the disk is full");
        }

        Assert.Throws<IOException>(() => parallel.Map([.. Enumerable.Range(0, 12)], (_, item) => item, Tell));
        Assert.Equal([0, 1, 2, 3], told);
    }

    [Fact]
    public void ForEach_Pieces_AreEachDoneOnce()
    {
        using var parallel = new DataParallel<Sequential>(_network, () => Network(seed: 2), BatchParts.Cut(Batch, 2));
        var counts = new int[1000];
        parallel.ForEach(counts.Length, i => Interlocked.Increment(ref counts[i]));
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Dispose_GivesTheCallerItsThreadsBack()
    {
        set_num_threads(2);
        try
        {
            using (var parallel = new DataParallel<Sequential>(_network, () => Network(seed: 2), BatchParts.Cut(Batch, 2)))
            {
                Assert.Equal(1, get_num_threads());
                var inParts = new int[2];
                parallel.Run((part, _) => inParts[part.Index] = get_num_threads());
                Assert.Equal([1, 1], inParts);
                using (parallel.Rest()) Assert.Equal(2, get_num_threads());
            }

            Assert.Equal(2, get_num_threads());
        }
        finally
        {
            set_num_threads(1);
        }
    }

    [Theory]
    [InlineData(32, 2, 2, 1)]
    [InlineData(32, 16, 8, 2)]
    [InlineData(3, 4, 1, 4)]
    [InlineData(5, 1, 1, 1)]
    public void Cut_ItemsAreSharedOut(int batch, int threads, int count, int each)
    {
        var parts = BatchParts.Cut(batch, threads);
        Assert.Equal((count, each), (parts.Parts.Count, parts.Threads));
        Assert.Equal(Enumerable.Range(0, batch), parts.Parts.SelectMany(part => Enumerable.Range(part.First, part.Count)));
        Assert.Equal(1, parts.Parts.Sum(part => part.Share), 12);
    }

    private static Sequential Network(int seed)
    {
        var network = nn.Sequential(
            ("conv", new PaddedConvolution(3, 8)), ("act", nn.SiLU()), ("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()), ("linear", nn.Linear(8, 4)));
        SeededInitialization.Apply(network, (ulong)seed);
        return network;
    }

    private static Tensor Loss(Sequential network, Tensor inputs, Tensor targets) => network.call(inputs).sub(targets).Squared().mean();

    private static Tensor Numbers(int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, generator: generator);
    }

    private static Dictionary<string, float[]> Gradients(nn.Module network) =>
        network.named_parameters().ToDictionary(p => p.name, p => TensorSpans.ToArray<float>(p.parameter.grad!));
}
