using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Training;

[Collection(nameof(MemoryMeasurements))]
public sealed class ExponentialMovingAverageTests : IDisposable
{
    private readonly Sequential _network = nn.Sequential(("linear", nn.Linear(3, 4)), ("norm", nn.BatchNorm1d(4)));
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _network.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Update_ManySteps_FollowsTheRecurrenceWithWarmUp()
    {
        using var average = new ExponentialMovingAverage(_network, 0.9);
        var expected = Values(_network)["linear.weight"].Select(v => (double)v).ToArray();
        for (var step = 0; step < 120; step++)
        {
            Perturb(step);
            var decay = Math.Min(0.9, (1.0 + step) / (10 + step));
            Assert.Equal(decay, average.CurrentDecay);
            average.Update();
            var now = Values(_network)["linear.weight"];
            for (var i = 0; i < expected.Length; i++) expected[i] += (1 - decay) * (now[i] - expected[i]);
        }

        Assert.Equal(0.9, average.CurrentDecay);
        using var copy = Copy(average);
        // 120 float32 updates of numbers near 1, each rounded to 6e-8, of which the last ten count.
        Assert.All(expected.Zip(Values(copy)["linear.weight"]), p => Assert.Equal(p.First, p.Second, 2e-6));
    }

    [Fact]
    public void Update_FirstStep_HasDecayOneTenth()
    {
        using var average = new ExponentialMovingAverage(_network, 0.9999);
        Assert.Equal(0.1, average.CurrentDecay);
    }

    [Fact]
    public void Update_UnchangedParameters_KeepsThemExactly()
    {
        using var average = new ExponentialMovingAverage(_network, 0.999);
        for (var step = 0; step < 50; step++) average.Update();
        using var copy = Copy(average);
        Assert.Equal(Values(_network), Values(copy));
    }

    [Fact]
    public void Update_Buffers_AreCopiedNotAveraged()
    {
        using var average = new ExponentialMovingAverage(_network, 0.9);
        using var input = randn(8, 3);
        _network.train();
        _network.call(input).Dispose();
        average.Update();
        using var copy = Copy(average);
        Assert.Equal(Values(_network)["norm.running_mean"], Values(copy)["norm.running_mean"]);
        Assert.Equal(1, ((BatchNorm1d)copy.children().Last()).num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Swap_PutsTheAverageInAndRestoresExactly()
    {
        using var average = new ExponentialMovingAverage(_network, 0.9);
        for (var step = 0; step < 3; step++)
        {
            Perturb(step);
            average.Update();
        }

        var trained = Values(_network);
        using var copy = Copy(average);
        using (var swap = average.Swap())
        {
            Assert.Equal(Values(copy), Values(_network));
            Assert.NotEqual(trained["linear.weight"], Values(_network)["linear.weight"]);
            Assert.Throws<InvalidOperationException>(() => average.Update());
            Assert.Throws<InvalidOperationException>(average.Swap);
        }

        Assert.Equal(trained, Values(_network));
        average.Update();
    }

    [Fact]
    public void SaveThenLoadState_ContinuedAverage_IsBitIdentical()
    {
        using var through = new ExponentialMovingAverage(_network, 0.95);
        for (var step = 0; step < 5; step++)
        {
            Perturb(step);
            through.Update();
        }

        SafetensorsFile.Save(_folder.File("ema"), through.State());
        using var resumed = new ExponentialMovingAverage(_network, 0.95);
        using (var content = SafetensorsFile.Load(_folder.File("ema"))) resumed.LoadState(content.Tensors, "ema");
        for (var step = 5; step < 10; step++)
        {
            Perturb(step);
            through.Update();
            resumed.Update();
        }

        Assert.Equal(10, resumed.StepCount);
        using var first = Copy(through);
        using var second = Copy(resumed);
        Assert.Equal(Values(first), Values(second));
    }

    [Fact]
    public void LoadState_TensorMissing_NamesFileAndTensor()
    {
        using var average = new ExponentialMovingAverage(_network, 0.95);
        var state = average.State();
        state.Remove("average.linear.bias");
        var message = Assert.Throws<InputException>(() => average.LoadState(state, "x.safetensors")).Message;
        Assert.StartsWith("x.safetensors: lacks tensor 'average.linear.bias' of shape [4]", message);
    }

    [Fact]
    public void CopyTo_OtherStructure_Throws()
    {
        using var average = new ExponentialMovingAverage(_network, 0.95);
        using var other = nn.Linear(3, 4);
        Assert.Throws<ArgumentException>(() => average.CopyTo(other));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    public void Constructor_DecayOutOfRange_Throws(double decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialMovingAverage(_network, decay));

    [Fact]
    public void UpdateAndSwap_Repeated_KeepNoTensor()
    {
        ExponentialMovingAverage average;
        using (NewDisposeScope()) average = new ExponentialMovingAverage(_network, 0.95);
        using (average)
        {
            Use(average);
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (var i = 0; i < 20; i++) Use(average);
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        static void Use(ExponentialMovingAverage average)
        {
            using var scope = NewDisposeScope();
            average.Update();
            average.Swap().Dispose();
        }
    }

    private void Perturb(int seed)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        foreach (var parameter in _network.parameters()) parameter.add_(randn(parameter.shape, generator: generator).mul(0.1));
    }

    private static Sequential Copy(ExponentialMovingAverage average)
    {
        var copy = nn.Sequential(("linear", nn.Linear(3, 4)), ("norm", nn.BatchNorm1d(4)));
        average.CopyTo(copy);
        return copy;
    }

    private static Dictionary<string, float[]> Values(nn.Module module) => ModuleWeights.Collect(module)
        .Where(t => t.Value.dtype == ScalarType.Float32)
        .ToDictionary(t => t.Key, t => TensorSpans.ToArray<float>(t.Value));
}
