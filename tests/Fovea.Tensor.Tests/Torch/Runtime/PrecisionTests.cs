using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Runtime;

public sealed class PrecisionTests
{
    public PrecisionTests() => TorchRuntime.Initialize(1);

    [Fact]
    public void Parse_Names_GoBothWays()
    {
        foreach (var precision in Enum.GetValues<Precision>()) Assert.Equal(precision, Precisions.Parse(precision.Name()));
        Assert.Equal(Precisions.HasFastBFloat16 ? Precision.Mixed : Precision.Full, Precisions.Parse(Precisions.Automatic));
        Assert.Throws<ArgumentException>(() => Precisions.Parse("half"));
    }

    // Channels that do not fill the library's blocks too: they are where its float32 convolutions go wrong.
    [Theory]
    [InlineData(64, 64, 3, 1)]
    [InlineData(64, 8, 3, 1)]
    [InlineData(5, 7, 3, 1)]
    [InlineData(24, 48, 3, 2)]
    [InlineData(3, 16, 4, 2)]
    public void Mixed_OutputsAndGradients_AreThoseOfFloat64ToTheRoundingOfFactors(int inputs, int outputs, int kernel, int stride)
    {
        using var scope = NewDisposeScope();
        using var layer = new PaddedConvolution(inputs, outputs, kernel, stride).With(Precision.Mixed);
        SeededInitialization.Apply(layer, 3);
        using var generator = new Generator(5);
        var input = randn([2, inputs, 8, 8], generator: generator).requires_grad_();
        var output = layer.call(input);
        var cotangent = randn(output.shape, generator: generator);
        output.backward([cotangent]);
        Assert.Equal(ScalarType.Float32, output.dtype);
        Assert.Equal(ScalarType.Float32, layer.Weight.grad!.dtype);

        var (x, w, b) = (Double(input), Double(layer.Weight), Double(layer.Bias));
        // Unfolded: products of matrices, which no convolution of the library computes.
        var columns = nn.functional.unfold(x, kernel, padding: 1, stride: stride);
        var exact = w.flatten(1).matmul(columns).view(output.shape).Plus(b.view(1, -1, 1, 1));
        exact.backward([cotangent.to_type(ScalarType.Float64)]);
        // bfloat16 rounds a factor by at most 2⁻⁹ of it; the errors of a sum's products are independent.
        Close(exact, output);
        Close(x.grad!, input.grad!);
        Close(w.grad!, layer.Weight.grad!);
        Close(b.grad!, layer.Bias.grad!);
    }

    private static Tensor Double(Tensor value) => value.detach().to_type(ScalarType.Float64).requires_grad_();

    private static void Close(Tensor expected, Tensor actual)
    {
        var error = actual.detach().to_type(ScalarType.Float64).sub(expected.detach()).norm().ToDouble() / expected.detach().norm().ToDouble();
        Assert.InRange(error, 0, 0.01);
    }
}
