using System.Reflection;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Tensors;

public class ScalarHazardsTests
{
    [Theory]
    [InlineData("Fovea.Torch")]
    [InlineData("Fovea.Models")]
    [InlineData("Fovea.Diffusion")]
    [InlineData("Fovea.Training")]
    [InlineData("Fovea.Judges")]
    [InlineData("Fovea.Evaluation")]
    [InlineData("Fovea.Study")]
    [InlineData("fovea")]
    public void Assembly_Calls_LeaveNoScalarUnrooted(string assembly)
    {
        string[] found = [.. ScalarHazards.In(Assembly.Load(assembly)), .. ScalarHazards.ChainsInConstructors(Assembly.Load(assembly))];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }

    [Fact]
    public void In_CodeWithHazards_FindsThem()
    {
        var found = ScalarHazards.In(typeof(ScalarHazardsTests).Assembly).Where(f => f.Contains(nameof(Hazards))).ToArray();
        Assert.Equal(4, found.Length);
    }

    [Fact]
    public void ChainsInConstructors_CodeWithOne_FindsIt()
    {
        var found = ScalarHazards.ChainsInConstructors(typeof(ScalarHazardsTests).Assembly);
        Assert.EndsWith("detach().clone()", Assert.Single(found, chain => chain.Contains(nameof(Copier))));
    }

    [Fact]
    public void TensorArithmetic_AgreesWithPlainArithmetic()
    {
        using var scope = NewDisposeScope();
        using var three = (Scalar)3;
        Assert.Equal([5, 7, 9], TensorSpans.ToArray<float>(TensorSpans.FromFloats([1, 2, 3]).Plus(TensorSpans.FromFloats([4, 5, 6]))));
        Assert.Equal([4, 5, 6], TensorSpans.ToArray<float>(TensorSpans.FromFloats([1, 2, 3]).Plus(three)));
        Assert.Equal([1, 4, 9], TensorSpans.ToArray<float>(TensorSpans.FromFloats([1, 2, 3]).Squared()));
        var tensor = TensorSpans.FromFloats([1, 2, 3]);
        tensor.AddInPlace(three);
        tensor.AddInPlace(tensor);
        Assert.Equal([8, 10, 12], TensorSpans.ToArray<float>(tensor));
    }

    private sealed class Copier(torch.Tensor source)
    {
        internal torch.Tensor Copy { get; } = source.detach().clone();
    }

    private static class Hazards
    {
        internal static torch.Tensor Four(torch.Tensor x) => x.mul(2).add(x).square() + 1;
    }
}
