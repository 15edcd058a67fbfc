using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch;

/// <summary>Compares gradients of automatic differentiation with central differences, in double precision.</summary>
public static class GradientCheck
{
    // Central differences at step h err by h²·f‴/6 + ε·|f|/h: with h = 1e-5 and f of order 1 about 1e-10 + 1e-11.
    private const double Step = 1e-5;

    /// <summary>
    /// Asserts that the gradients of a scalar function agree with differences, to <paramref name="tolerance"/> relative to the
    /// larger of 1 and the gradient's own size.
    /// </summary>
    public static void Check(Func<torch.Tensor[], torch.Tensor> function, double tolerance, params torch.Tensor[] arguments)
    {
        using var scope = NewDisposeScope();
        var leaves = arguments.Select(a => a.detach().to(float64).clone().contiguous().requires_grad_()).ToArray();
        function(leaves).backward();
        for (var k = 0; k < leaves.Length; k++)
        {
            var gradient = leaves[k].grad ?? throw new InvalidOperationException($"no gradient reached argument {k}");
            var exact = TensorSpans.ToArray<double>(gradient);
            for (var i = 0; i < exact.Length; i++)
            {
                var difference = (Shifted(function, leaves, k, i, Step) - Shifted(function, leaves, k, i, -Step)) / (2 * Step);
                Assert.True(
                    Math.Abs(difference - exact[i]) <= tolerance * Math.Max(1, Math.Abs(difference)),
                    $"argument {k}, element {i}: gradient {exact[i]:R}, difference {difference:R}");
            }
        }
    }

    private static double Shifted(Func<torch.Tensor[], torch.Tensor> function, torch.Tensor[] leaves, int argument, int element, double shift)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var moved = leaves.Select(l => l.detach().clone()).ToArray();
        using (var span = TensorSpans.Open<double>(moved[argument])) span.Values[element] += shift;
        return function(moved).item<double>();
    }
}
