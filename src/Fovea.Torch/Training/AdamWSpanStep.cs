using System.Numerics;
using System.Runtime.InteropServices;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>
/// The step in one pass over CPU memory. In tensor operations it takes eight passes over each parameter, and the step is bound by
/// memory.
/// </summary>
internal static class AdamWSpanStep
{
    internal static bool CanApply(AdamWSlot slot, Tensor gradient) =>
        slot.Parameter.dtype == ScalarType.Float32 && gradient.dtype == ScalarType.Float32
        && slot.Parameter.device_type == TorchSharp.DeviceType.CPU && !gradient.is_sparse
        && slot.Parameter.is_contiguous() && gradient.is_contiguous();

    internal static void Apply(AdamWSlot slot, Tensor gradient, AdamWCoefficients coefficients)
    {
        using var parameter = TensorSpans.Open<float>(slot.Parameter);
        using var first = TensorSpans.Open<float>(slot.First);
        using var second = TensorSpans.Open<float>(slot.Second);
        using var gradients = TensorSpans.Open<float>(gradient);
        Apply(parameter.Values, gradients.Values, first.Values, second.Values, coefficients);
    }

    private static void Apply(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, AdamWCoefficients c)
    {
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients)[..p.Length];
        var m = MemoryMarshal.Cast<float, Vector<float>>(first)[..p.Length];
        var v = MemoryMarshal.Cast<float, Vector<float>>(second)[..p.Length];
        var (beta1, rest1) = (new Vector<float>((float)c.Beta1), new Vector<float>((float)(1 - c.Beta1)));
        var (beta2, rest2) = (new Vector<float>((float)c.Beta2), new Vector<float>((float)(1 - c.Beta2)));
        var (keep, stepSize) = (new Vector<float>((float)c.Keep), new Vector<float>((float)c.StepSize));
        var (rootCorrection, epsilon) = (new Vector<float>((float)c.RootCorrection), new Vector<float>((float)c.Epsilon));
        for (var i = 0; i < p.Length; i++)
        {
            var gradient = g[i];
            var mean = m[i] * beta1 + gradient * rest1;
            var square = v[i] * beta2 + gradient * gradient * rest2;
            (m[i], v[i]) = (mean, square);
            p[i] = p[i] * keep - stepSize * mean / (Vector.SquareRoot(square) / rootCorrection + epsilon);
        }

        for (var i = p.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            first[i] = first[i] * (float)c.Beta1 + gradients[i] * (float)(1 - c.Beta1);
            second[i] = second[i] * (float)c.Beta2 + gradients[i] * gradients[i] * (float)(1 - c.Beta2);
            parameters[i] = parameters[i] * (float)c.Keep
                - (float)c.StepSize * first[i] / (MathF.Sqrt(second[i]) / (float)c.RootCorrection + (float)c.Epsilon);
        }
    }
}
