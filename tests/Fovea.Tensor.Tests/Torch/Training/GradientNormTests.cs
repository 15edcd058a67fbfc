using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Training;

public class GradientNormTests
{
    [Fact]
    public void Clip_NormOverTheLimit_ReportsItAndScales()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters([3, 0], [0, 4, 12]);
        // The norm of [0, 4, 12] is irrational and rounded to float32: half a unit in its last place is 5e-7.
        Assert.Equal(13, GradientNorm.Clip(parameters, 6.5), 1e-6);
        Assert.Equal(1.5, TensorSpans.ToArray<float>(parameters[0].grad!)[0], 1e-6);
        Assert.Equal(2, TensorSpans.ToArray<float>(parameters[1].grad!)[1], 1e-6);
        Assert.Equal(6.5, GradientNorm.Measure(parameters), 1e-6);
    }

    [Fact]
    public void Clip_NormUnderTheLimit_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters([3, 0], [0, 4, 12]);
        Assert.Equal(13, GradientNorm.Clip(parameters, 13.5), 1e-6);
        Assert.Equal([0f, 4f, 12f], TensorSpans.ToArray<float>(parameters[1].grad!));
    }

    [Fact]
    public void Clip_NotFinite_IsReportedAndLeftAlone()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters([float.NaN], [1]);
        Assert.True(double.IsNaN(GradientNorm.Clip(parameters, 1e-3)));
        Assert.Equal([1f], TensorSpans.ToArray<float>(parameters[1].grad!));
    }

    [Fact]
    public void Measure_NoGradients_IsZero()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, GradientNorm.Measure([new Parameter(ones(3))]));
    }

    private static List<Parameter> Parameters(params float[][] gradients) => [.. gradients.Select(gradient =>
    {
        var parameter = new Parameter(ones(gradient.Length));
        parameter.grad = TensorSpans.FromFloats(gradient);
        return parameter;
    })];
}
