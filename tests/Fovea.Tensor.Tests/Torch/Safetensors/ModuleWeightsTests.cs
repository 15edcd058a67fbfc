using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Safetensors;

public sealed class ModuleWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SaveThenLoadInto_OtherModel_GivesEqualOutputs()
    {
        using var scope = NewDisposeScope();
        using var first = Network(8);
        using var second = Network(8);
        var input = randn(2, 3, 6, 6);
        first.train();
        first.call(input);
        ModuleWeights.Save(first, _folder.File("m"), new Dictionary<string, string> { ["step"] = "7" });
        var before = second.parameters().ToArray();
        var metadata = ModuleWeights.LoadInto(second, _folder.File("m"));
        first.eval();
        second.eval();
        Assert.Equal("7", metadata["step"]);
        Assert.Equal(TensorSpans.ToArray<float>(first.call(input)), TensorSpans.ToArray<float>(second.call(input)));
        // In place: an optimizer made before the loading keeps its parameters.
        Assert.Equal(before.Select(p => p.Handle), second.parameters().Select(p => p.Handle));
        Assert.All(second.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void LoadInto_NumberThatIsNotFinite_IsRefusedAndTheModuleStays(float odd)
    {
        using var scope = NewDisposeScope();
        using var network = nn.Linear(3, 2);
        var tensors = ModuleWeights.Collect(network).ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
        tensors["weight"][1, 2] = odd;
        var before = network.weight.data<float>().ToArray();
        var refused = Assert.Throws<InputException>(() => ModuleWeights.LoadInto(network, tensors, "m.safetensors")).Message;
        Assert.Equal("m.safetensors: tensor 'weight' holds a number that is not finite", refused);
        Assert.Equal(before, network.weight.data<float>().ToArray());
    }

    [Fact]
    public void Collect_TensorWithTwoNames_IsRefused()
    {
        using var twice = new RegisteredTwice();
        var failure = Assert.Throws<InvalidOperationException>(() => ModuleWeights.Collect(twice));
        Assert.Contains("first", failure.Message, StringComparison.Ordinal);
        Assert.Contains("second", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadInto_OtherShape_NamesTensorAndBothShapes()
    {
        using var scope = NewDisposeScope();
        using var narrow = Network(8);
        using var wide = Network(9);
        ModuleWeights.Save(narrow, _folder.File("m"));
        var before = TensorSpans.ToArray<float>(wide.parameters().Last());
        var message = Assert.Throws<InputException>(() => ModuleWeights.LoadInto(wide, _folder.File("m"))).Message;
        Assert.Contains("'convolution.weight'", message);
        Assert.Contains("[8, 3, 3, 3]", message);
        Assert.Contains("[9, 3, 3, 3]", message);
        Assert.Equal(before, TensorSpans.ToArray<float>(wide.parameters().Last()));
    }

    [Fact]
    public void LoadInto_TensorMissing_NamesIt()
    {
        using var scope = NewDisposeScope();
        using var network = Network(8);
        var tensors = ModuleWeights.Collect(network);
        tensors.Remove("norm.running_var");
        var message = Assert.Throws<InputException>(() => ModuleWeights.LoadInto(network, tensors, "x.safetensors")).Message;
        Assert.Equal("x.safetensors: lacks tensor 'norm.running_var' of shape [8], which the model needs", message);
    }

    [Fact]
    public void LoadInto_TensorLeftOver_NamesIt()
    {
        using var scope = NewDisposeScope();
        using var network = Network(8);
        var tensors = ModuleWeights.Collect(network);
        tensors.Add("norm.extra\n", ones(1));
        var message = Assert.Throws<InputException>(() => ModuleWeights.LoadInto(network, tensors, "x.safetensors")).Message;
        Assert.Contains("'norm.extra?'", message);
    }

    [Fact]
    public void LoadInto_OtherType_NamesBothTypes()
    {
        using var scope = NewDisposeScope();
        using var network = Network(8);
        var tensors = ModuleWeights.Collect(network);
        tensors["convolution.bias"] = zeros(8, float64);
        var message = Assert.Throws<InputException>(() => ModuleWeights.LoadInto(network, tensors, "x")).Message;
        Assert.Contains("'convolution.bias' holds Float64, the model needs Float32", message);
    }

    [Fact]
    public void Group_Prefix_SelectsAndStrips()
    {
        using var scope = NewDisposeScope();
        using var network = Network(8);
        SafetensorsFile.Save(_folder.File("m"), ModuleWeights.Collect(network, "ema.").Concat(ModuleWeights.Collect(network, "model.")).ToDictionary());
        using var content = SafetensorsFile.Load(_folder.File("m"));
        ModuleWeights.LoadInto(network, content.Group("ema."), "m");
        Assert.Equal(ModuleWeights.Collect(network).Count, content.Group("model.").Count);
    }

    private static Sequential Network(int channels) => nn.Sequential(("convolution", nn.Conv2d(3, channels, 3)), ("norm", nn.BatchNorm2d(channels)));

    // TorchSharp registers the fields of a child by itself; a child that has done so by hand under another name holds them twice.
    private sealed class RegisteredTwice : nn.Module
    {
        internal RegisteredTwice() : base(nameof(RegisteredTwice)) => register_module("child", new Child());

        private sealed class Child : nn.Module
        {
            private readonly Linear _second = nn.Linear(2, 2);

            internal Child() : base(nameof(Child)) => register_module("first", _second);
        }
    }
}
