using Fovea.Torch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Modules;

public class SeededInitializationTests
{
    [Fact]
    public void Apply_SameSeed_GivesSameValuesForEveryParameter()
    {
        using var scope = NewDisposeScope();
        using var first = Network(extra: false);
        using var second = Network(extra: false);
        SeededInitialization.Apply(first, 3);
        SeededInitialization.Apply(second, 3);
        var other = Values(second);
        Assert.All(Values(first), pair => Assert.Equal(other[pair.Key], pair.Value));
    }

    [Fact]
    public void Apply_ModelWithAnExtraLayer_SharedPartsStartAlike()
    {
        using var scope = NewDisposeScope();
        using var small = Network(extra: false);
        using var large = Network(extra: true);
        SeededInitialization.Apply(small, 3);
        SeededInitialization.Apply(large, 3);
        var largeValues = Values(large);
        Assert.True(largeValues.Count > Values(small).Count);
        Assert.All(Values(small), pair => Assert.Equal(largeValues[pair.Key], pair.Value));
    }

    [Fact]
    public void Apply_OtherSeed_GivesOtherValues()
    {
        using var scope = NewDisposeScope();
        using var network = Network(extra: false);
        SeededInitialization.Apply(network, 3);
        var before = Values(network);
        SeededInitialization.Apply(network, 4);
        var after = Values(network);
        Assert.NotEqual(before["convolution.weight"], after["convolution.weight"]);
        Assert.NotEqual(before["linear.bias"], after["linear.bias"]);
        Assert.NotEqual(after["convolution.bias"], after["convolution.weight"].Take(after["convolution.bias"].Length));
    }

    [Fact]
    public void Apply_Float64Model_StartsFromTheSameNumbers()
    {
        using var scope = NewDisposeScope();
        using var single = Network(extra: false);
        using var wide = Network(extra: false).to(float64);
        SeededInitialization.Apply(single, 5);
        SeededInitialization.Apply(wide, 5);
        var wideValues = Values(wide);
        // Half a unit in the last place of float32 below 1.
        Assert.All(Values(single), pair => Assert.All(pair.Value.Zip(wideValues[pair.Key]), p => Assert.Equal(p.First, p.Second, 6e-8)));
    }

    // n uniform numbers in ±b: standard deviation b/√3; its estimate from 9,216 numbers errs by about 0.5 %, 3 % is six of that.
    [Fact]
    public void Apply_Convolution_HasPyTorchDefaultDistribution()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Conv2d(32, 32, 3);
        SeededInitialization.Apply(layer, 1);
        var bound = 1 / Math.Sqrt(32 * 9);
        var values = layer.weight.to(float64).data<double>().ToArray();
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        Assert.InRange(layer.weight.std().item<float>() / (bound / Math.Sqrt(3)), 0.97, 1.03);
        Assert.InRange(layer.weight.mean().item<float>(), -0.03 * bound, 0.03 * bound);
        Assert.All(layer.bias!.data<float>().ToArray(), value => Assert.InRange(value, -bound, bound));
    }

    [Fact]
    public void Apply_NormalisationAndEmbedding_HaveTheirDefaults()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(
            ("group", nn.GroupNorm(2, 4)), ("layer", nn.LayerNorm([4])), ("batch", nn.BatchNorm2d(4)), ("embedding", nn.Embedding(300, 20)));
        SeededInitialization.Apply(network, 1);
        var values = Values(network);
        foreach (var name in new[] { "group", "layer", "batch" })
        {
            Assert.All(values[name + ".weight"], value => Assert.Equal(1, value));
            Assert.All(values[name + ".bias"], value => Assert.Equal(0, value));
        }

        // 6,000 normal numbers: the standard deviation's estimate errs by 0.9 %, 5 % is over five of that.
        var embedding = values["embedding.weight"];
        Assert.InRange(Math.Sqrt(embedding.Average(v => v * v)), 0.95, 1.05);
        Assert.Contains(embedding, value => value is > 2 or < -2);
    }

    [Fact]
    public void Apply_SeededModule_DecidesAfterItsChildren()
    {
        using var module = new OwnParameters();
        SeededInitialization.Apply(module, 1);
        var values = Values(module);
        Assert.All(values["last.weight"], value => Assert.Equal(0, value));
        Assert.All(values["angles"], value => Assert.InRange(value, 0, 2 * Math.PI));
        Assert.True(module.angles.requires_grad);
    }

    [Fact]
    public void Apply_UnknownParameter_NamesIt()
    {
        using var module = new UnknownParameters();
        using var network = nn.Sequential(("first", module));
        var error = Assert.Throws<ArgumentException>(() => SeededInitialization.Apply(network, 1));
        Assert.Contains("'first.scale'", error.Message);
    }

    private static Sequential Network(bool extra)
    {
        var parts = new List<(string, nn.Module<torch.Tensor, torch.Tensor>)> { ("convolution", nn.Conv2d(3, 8, 3)), ("norm", nn.GroupNorm(2, 8)) };
        if (extra) parts.Insert(1, ("extra", nn.Conv2d(8, 8, 1)));
        parts.Add(("linear", nn.Linear(8, 5)));
        return nn.Sequential([.. parts]);
    }

    private static Dictionary<string, double[]> Values(nn.Module module)
    {
        using var scope = NewDisposeScope();
        return module.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().to(float64).data<double>().ToArray());
    }

    private sealed class OwnParameters : nn.Module<torch.Tensor, torch.Tensor>, ISeededModule
    {
        internal readonly Parameter angles = new(zeros(3, 5));
        private readonly Linear last = nn.Linear(5, 5);

        internal OwnParameters() : base(nameof(OwnParameters)) => RegisterComponents();

        public void InitializeParameters(ParameterInitializer initializer)
        {
            initializer.Uniform(angles, "angles", 0, 2 * Math.PI);
            ParameterInitializer.Constant(last.weight, 0);
        }

        public override torch.Tensor forward(torch.Tensor input) => last.call(input);
    }

    private sealed class UnknownParameters : nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly Parameter scale = new(ones(1));

        internal UnknownParameters() : base(nameof(UnknownParameters)) => RegisterComponents();

        public override torch.Tensor forward(torch.Tensor input) => input.mul(scale);
    }
}
