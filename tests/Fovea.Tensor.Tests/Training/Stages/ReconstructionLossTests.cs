using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Evaluation;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Stages;

[Collection(nameof(MemoryMeasurements))]
public class ReconstructionLossTests
{
    private const int Side = 16;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.7, 0)]
    [InlineData(0, 0.3)]
    [InlineData(0.7, 0.3)]
    public void Evaluate_RandomImages_EqualsPlainLoops(double gradientWeight, double structureWeight)
    {
        var (a, b) = (Networks.Normal(1, 2, 3, Side, Side), Networks.Normal(2, 2, 3, Side, Side));
        var (pixel, total, similarity) = Evaluate(a, b, gradientWeight, structureWeight);
        var difference = TensorSpans.ToArray<float>(a).Zip(TensorSpans.ToArray<float>(b)).Select(p => (double)p.First - p.Second).ToArray();
        double vertical = 0, horizontal = 0;
        for (var i = 0; i < difference.Length; i++)
        {
            if (i / Side % Side > 0) vertical += Math.Abs(difference[i] - difference[i - Side]);
            if (i % Side > 0) horizontal += Math.Abs(difference[i] - difference[i - 1]);
        }

        var pairs = 2 * 3 * Side * (Side - 1);
        var expectedPixel = difference.Average(Math.Abs);
        var expected = expectedPixel + gradientWeight * (vertical + horizontal) / pairs + structureWeight * (1 - similarity);
        // float32 means of 1,536 numbers of order 1.
        Assert.Equal(expectedPixel, pixel, 2e-6);
        Assert.Equal(expected, total, 5e-6);
    }

    [Fact]
    public void Evaluate_SameImages_IsZero()
    {
        var a = Networks.Normal(1, 2, 3, Side, Side);
        var (pixel, total, _) = Evaluate(a, a, 1, 1);
        Assert.Equal(0, pixel);
        Assert.Equal(0, total, 1e-6);
    }

    private static (double Pixel, double Total, double Similarity) Evaluate(Tensor a, Tensor b, double gradientWeight, double structureWeight) =>
        CollectionPause.Run(() =>
        {
            using var scope = NewDisposeScope();
            using var loss = new ReconstructionLoss(
                TinyRun.Config().AutoencoderTraining with { GradientWeight = gradientWeight, StructureWeight = structureWeight });
            using var similarity = new StructuralSimilarity();
            var (pixel, total) = loss.Evaluate(a, b);
            return (pixel.item<float>(), total.item<float>(), TensorSpans.ToArray<float>(similarity.SignedPerImage(a, b)).Average(s => (double)s));
        });
}
