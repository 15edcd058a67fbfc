using Fovea.Torch.Autograd;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>Compares a layer's gradients with central differences, in double precision.</summary>
internal static class LayerDifferences
{
    // Central differences at h = 1e-5 err by about 1e-10 (h²·f‴/6) and 1e-11 (rounding), for a loss of order 10.
    private const double Step = 1e-5;
    private const double Tolerance = 1e-7;

    /// <summary>Checks every parameter that is trained, and the input; returns the names of what was checked, in order.</summary>
    /// <param name="layer">In double precision.</param>
    /// <param name="channels">Channels in.</param>
    internal static IEnumerable<string> Check(nn.Module<Tensor, Tensor> layer, int channels)
    {
        var input = nn.Parameter(Networks.Normal(3, 2, channels, 2, 1).to(ScalarType.Float64));
        var cotangent = Networks.Normal(4, 2, channels, 2, 1).to(ScalarType.Float64);
        double Loss() => CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            return layer.call(input).mul(cotangent).sum().item<double>();
        });
        using (NewDisposeScope()) SpanAutograd.Backward(layer.call(input).mul(cotangent).sum());

        var parameters = layer.named_parameters().Where(p => p.parameter.requires_grad).Append(("input", input)).ToList();
        foreach (var (name, parameter) in parameters)
        {
            Assert.Equal(ScalarType.Float64, parameter.dtype);
            var gradient = TensorSpans.ToArray<double>(parameter.grad!);
            Assert.Contains(gradient, g => Math.Abs(g) > 1e-4);
            for (var i = 0; i < gradient.Length; i++)
            {
                var difference = (Shifted(parameter, i, Step, Loss) - Shifted(parameter, i, -Step, Loss)) / (2 * Step);
                Assert.True(Math.Abs(difference - gradient[i]) < Tolerance, $"{name}[{i}]: gradient {gradient[i]:R}, difference {difference:R}");
            }
        }

        return parameters.Select(p => p.Item1).Order(StringComparer.Ordinal);
    }

    private static double Shifted(Tensor parameter, int element, double shift, Func<double> loss)
    {
        double original;
        using (var span = TensorSpans.Open<double>(parameter)) (original, span.Values[element]) = (span.Values[element], span.Values[element] + shift);
        var value = loss();
        using (var span = TensorSpans.Open<double>(parameter)) span.Values[element] = original;
        return value;
    }
}
