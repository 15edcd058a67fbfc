using Fovea.Core.Errors;
using Fovea.Torch.Modules;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Training;

[Collection(nameof(MemoryMeasurements))]
public sealed class AdamWTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // float32 runs in one pass over memory, float64 in tensor operations: both against TorchSharp's optimizer. The steps add up to
    // about 0.05 and round to 6e-8 of numbers below 1 each: 1e-6 over 50 steps. The widths are no multiple of the vector length.
    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.Float64, 1e-13)]
    public void Step_FiftySteps_AgreesWithTorchSharp(ScalarType type, double tolerance)
    {
        using var own = Network(type);
        using var theirs = Network(type);
        using var optimizer = new Fovea.Torch.Training.AdamW(own.named_parameters(), new AdamWOptions { WeightDecay = 0.1, Beta2 = 0.99 });
        var reference = optim.AdamW(theirs.parameters(), 1e-3, 0.9, 0.99, 1e-8, 0.1);
        for (var step = 0; step < 50; step++)
        {
            var rate = 1e-3 / (1 + step / 10);
            foreach (var group in reference.ParamGroups) group.LearningRate = rate;
            reference.zero_grad();
            optimizer.ClearGradients();
            Backward(own, step, type);
            Backward(theirs, step, type);
            optimizer.Step(rate);
            reference.step();
        }

        foreach (var (name, values) in Values(theirs))
            Assert.All(values.Zip(Values(own)[name]), p => Assert.Equal(p.First, p.Second, tolerance));
        Assert.Equal(50, optimizer.StepCount);
    }

    // A group at twice the rate without decay is what an optimizer of its own would make of it, bit by bit, and changes nothing for the others.
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Step_GroupOfItsOwn_IsAsAnOptimizerOfItsOwn(ScalarType type)
    {
        using var together = Network(type);
        using var apart = Network(type);
        using var one = new Fovea.Torch.Training.AdamW(
            together, groupOf: name => name.StartsWith("last", StringComparison.Ordinal) ? new ParameterGroup(2, Decays: false) : ParameterGroup.Common);
        using var common = new Fovea.Torch.Training.AdamW(apart.named_parameters().Where(entry => !entry.name.StartsWith("last", StringComparison.Ordinal)));
        using var own = new Fovea.Torch.Training.AdamW(
            apart.named_parameters().Where(entry => entry.name.StartsWith("last", StringComparison.Ordinal)), new AdamWOptions { WeightDecay = 0 });
        for (var step = 0; step < 5; step++)
        {
            foreach (var optimizer in new[] { one, common, own }) optimizer.ClearGradients();
            Backward(together, step, type);
            Backward(apart, step, type);
            one.Step(1e-3);
            common.Step(1e-3);
            own.Step(2e-3);
        }

        Assert.Equal(Values(apart), Values(together));
    }

    [Fact]
    public void SaveThenLoadState_ContinuedTraining_IsBitIdentical()
    {
        using var network = Network(ScalarType.Float32);
        using var optimizer = new Fovea.Torch.Training.AdamW(network.named_parameters());
        Train(network, optimizer, 0, 5);
        SafetensorsFile.Save(_folder.File("state"), optimizer.State());
        ModuleWeights.Save(network, _folder.File("model"));
        Train(network, optimizer, 5, 10);

        using var second = Network(ScalarType.Float32);
        using var resumed = new Fovea.Torch.Training.AdamW(second.named_parameters());
        ModuleWeights.LoadInto(second, _folder.File("model"));
        using (NewDisposeScope())
        using (var content = SafetensorsFile.Load(_folder.File("state"))) resumed.LoadState(content.Tensors, "state");
        Train(second, resumed, 5, 10);
        Assert.Equal(10, resumed.StepCount);
        Assert.Equal(Values(network), Values(second));
    }

    [Fact]
    public void LoadState_OtherModel_NamesTensorAndShapes()
    {
        using var network = Network(ScalarType.Float32);
        using var other = nn.Sequential(("first", nn.Linear(5, 8)), ("last", nn.Linear(8, 1)));
        using var optimizer = new Fovea.Torch.Training.AdamW(network.named_parameters());
        using var otherOptimizer = new Fovea.Torch.Training.AdamW(other.named_parameters());
        var message = Assert.Throws<InputException>(() => optimizer.LoadState(otherOptimizer.State(), "x")).Message;
        Assert.Equal("x: tensor 'first_moment.first.weight' has shape [8, 5], the optimizer needs [7, 5]", message);
    }

    [Fact]
    public void Step_ParameterWithoutGradient_StaysAsItIs()
    {
        using var network = Network(ScalarType.Float32);
        using var optimizer = new Fovea.Torch.Training.AdamW(network.named_parameters());
        var before = Values(network);
        optimizer.Step(1e-3);
        Assert.Equal(before, Values(network));
    }

    [Fact]
    public void Step_StridedGradient_AgreesWithContiguousOne()
    {
        using var scope = NewDisposeScope();
        var gradient = randn(6, 9);
        Parameter first = new(ones(9, 6)), second = new(ones(9, 6));
        first.grad = gradient.t();
        second.grad = gradient.t().contiguous();
        using var one = new Fovea.Torch.Training.AdamW([("p", first)]);
        using var two = new Fovea.Torch.Training.AdamW([("p", second)]);
        one.Step(0.1);
        two.Step(0.1);
        // One step of 0.1 in float32, in two orders of rounding.
        Assert.All(TensorSpans.ToArray<float>(first).Zip(TensorSpans.ToArray<float>(second)), p => Assert.Equal(p.First, p.Second, 1e-6));
        Assert.NotEqual(1f, TensorSpans.ToArray<float>(first)[0]);
    }

    [Fact]
    public void Constructor_FrozenParameters_AreLeftOut()
    {
        using var network = Network(ScalarType.Float32);
        network.named_parameters().First().parameter.requires_grad = false;
        using var optimizer = new Fovea.Torch.Training.AdamW(network.named_parameters());
        Assert.Equal(network.parameters().Count() - 1, optimizer.Parameters.Count());
    }

    [Fact]
    public void Constructor_RepeatedName_Throws()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new Fovea.Torch.Training.AdamW([("p", new Parameter(ones(1))), ("p", new Parameter(ones(1)))]));
    }

    [Fact]
    public void Constructor_OptionsOutOfRange_NameTheSetting()
    {
        foreach (var (options, name) in new[]
        {
            (new AdamWOptions { Beta1 = 1 }, "beta1"), (new AdamWOptions { Beta2 = -1 }, "beta2"),
            (new AdamWOptions { Epsilon = 0 }, "epsilon"), (new AdamWOptions { WeightDecay = double.NaN }, "weight decay"),
        })
        {
            Assert.Contains(name, Assert.Throws<InputException>(() => new Fovea.Torch.Training.AdamW([], options)).Message);
        }
    }

    [Fact]
    public void Step_Repeated_KeepsNoTensor()
    {
        using var network = Network(ScalarType.Float32);
        using var optimizer = new Fovea.Torch.Training.AdamW(network.named_parameters());
        Train(network, optimizer, 0, 2);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train(network, optimizer, 2, 30);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void Train(Sequential network, Fovea.Torch.Training.AdamW optimizer, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            optimizer.ClearGradients();
            Backward(network, step, ScalarType.Float32);
            optimizer.Step(1e-2);
        }
    }

    private static void Backward(Sequential network, int seed, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        network.call(randn([11, 5], type, generator: generator)).sub(1).pow(2).mean().backward();
    }

    private static Sequential Network(ScalarType type)
    {
        var network = nn.Sequential(("first", nn.Linear(5, 7)), ("relu", nn.SiLU()), ("last", nn.Linear(7, 1))).to(type);
        SeededInitialization.Apply(network, 1);
        return network;
    }

    private static Dictionary<string, double[]> Values(nn.Module module)
    {
        using var scope = NewDisposeScope();
        return module.named_parameters().ToDictionary(p => p.name, p => TensorSpans.ToArray<double>(p.parameter.to(float64)));
    }
}
