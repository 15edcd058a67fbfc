using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Modules;

[Collection(nameof(MemoryMeasurements))]
public class PaddedConvolutionTests
{
    private const int Batch = 4;
    private const int Side = 16;

    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 48, 12, 3, 1 }, { 48, 8, 3, 1 }, { 48, 3, 3, 1 }, { 12, 48, 3, 1 }, { 20, 48, 3, 1 }, { 64, 64, 3, 1 },
        { 24, 24, 3, 2 }, { 48, 48, 3, 2 }, { 80, 16, 3, 2 }, { 3, 32, 4, 2 }, { 48, 32, 4, 2 },
    };

    // The plain layer in float64, which the library computes in another way, and rightly.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardAndBackward_AnyChannels_EqualDoublePrecision(int inputs, int outputs, int kernel, int stride)
    {
        using var scope = NewDisposeScope();
        using var layer = Layer(inputs, outputs, kernel, stride);
        using var plain = nn.Conv2d(inputs, outputs, kernel, stride: stride, padding: 1, dtype: float64);
        plain.weight!.detach().copy_(layer.Weight);
        plain.bias!.detach().copy_(layer.Bias);
        var images = randn([Batch, inputs, Side, Side], requires_grad: true);
        var exactImages = images.detach().to(float64).requires_grad_();
        var (values, exact) = (layer.call(images), plain.call(exactImages));
        var cotangents = randn(values.shape);
        values.backward([cotangents]);
        exact.backward([cotangents.to(float64)]);
        AssertClose(exact, values);
        AssertClose(exactImages.grad!, images.grad!);
        AssertClose(plain.weight!.grad!, layer.Weight.grad!);
        AssertClose(plain.bias!.grad!, layer.Bias.grad!);
    }

    // Pictures have no gradient of their own, and then no channels are filled up.
    [Theory]
    [InlineData(32, 3, 2, 64)]
    [InlineData(24, 3, 2, 128)]
    [InlineData(16, 3, 1, 64)]
    [InlineData(8, 3, 1, 32)]
    [InlineData(32, 4, 2, 64)]
    public void ForwardAndBackward_Pictures_EqualDoublePrecision(int outputs, int kernel, int stride, int side)
    {
        using var scope = NewDisposeScope();
        using var layer = Layer(3, outputs, kernel, stride);
        using var plain = nn.Conv2d(3, outputs, kernel, stride: stride, padding: 1, dtype: float64);
        plain.weight!.detach().copy_(layer.Weight);
        plain.bias!.detach().copy_(layer.Bias);
        var images = randn([Batch, 3, side, side]);
        for (var round = 0; round < 3; round++)
        {
            using var held = FreeNaN();
            var (values, exact) = (layer.call(images), plain.call(images.to(float64)));
            var cotangents = randn(values.shape);
            values.backward([cotangents]);
            exact.backward([cotangents.to(float64)]);
            AssertClose(exact, values);
            AssertClose(plain.weight!.grad!, layer.Weight.grad!);
            AssertClose(plain.bias!.grad!, layer.Bias.grad!);
        }
    }

    // Old memory is full of NaN here. The plain layer fails this test in most shapes.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Backward_MemoryFullOfNaN_IsFinite(int inputs, int outputs, int kernel, int stride)
    {
        using var layer = Layer(inputs, outputs, kernel, stride);
        for (var round = 0; round < 5; round++)
        {
            using var scope = NewDisposeScope();
            var images = randn([Batch, inputs, Side, Side], requires_grad: true);
            using var held = FreeNaN();
            var values = layer.call(images);
            values.backward([ones_like(values)]);
            foreach (var tensor in new[] { values, images.grad!, layer.Weight.grad!, layer.Bias.grad! })
                Assert.All(TensorSpans.ToArray<float>(tensor), value => Assert.True(float.IsFinite(value)));
        }
    }

    // float32 sums of at most a thousand products; wrongly computed layers are off by 2 % and more.
    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange(actual.sub(expected).norm().item<double>(), 0, 1e-5 * expected.norm().item<double>());
    }

    private static PaddedConvolution Layer(int inputs, int outputs, int kernel, int stride)
    {
        var layer = new PaddedConvolution(inputs, outputs, kernel, stride);
        SeededInitialization.Apply(layer, 1);
        return layer;
    }

    // Every second block is freed, so that the allocator can neither join them nor give them back to the system. Their size is
    // a little above the buffers' of a layer and below the limit (128 KiB) from which each block is a mapping of its own.
    private static TorchSharp.DisposeScope FreeNaN()
    {
        var scope = NewDisposeScope();
        var blocks = Enumerable.Range(0, 60).Select(_ => full([30_000], float.NaN)).ToList();
        for (var i = 0; i < blocks.Count; i += 2) blocks[i].Dispose();
        return scope;
    }
}
