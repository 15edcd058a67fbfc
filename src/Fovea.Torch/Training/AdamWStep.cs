using System.Numerics;
using System.Runtime.InteropServices;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>The numbers of one AdamW step, equal for all parameters of a group.</summary>
/// <param name="Keep">What weight decay leaves of a parameter: 1 − rate · decay.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="StepSize">Learning rate over the first moment's bias correction 1 − β₁ᵗ.</param>
/// <param name="RootCorrection">√(1 − β₂ᵗ), the second moment's bias correction.</param>
/// <param name="Epsilon">Added to the denominator.</param>
internal readonly record struct AdamWCoefficients(
    double Keep, double Beta1, double Beta2, double StepSize, double RootCorrection, double Epsilon)
{
    internal static AdamWCoefficients At(long step, double learningRate, AdamWOptions options) => new(
        1 - learningRate * options.WeightDecay,
        options.Beta1,
        options.Beta2,
        learningRate / (1 - Math.Pow(options.Beta1, step)),
        Math.Sqrt(1 - Math.Pow(options.Beta2, step)),
        options.Epsilon);
}

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

/// <summary>The step in tensor operations: any device, any type.</summary>
internal static class AdamWTensorStep
{
    internal static void Apply(IEnumerable<(AdamWSlot Slot, Tensor Gradient)> work, AdamWCoefficients c)
    {
        // Held by name to the end: a dispose scope does not keep a scalar alive.
        using var keep = (Scalar)c.Keep;
        using var beta1 = (Scalar)c.Beta1;
        using var rest1 = (Scalar)(1 - c.Beta1);
        using var beta2 = (Scalar)c.Beta2;
        using var rest2 = (Scalar)(1 - c.Beta2);
        using var rootCorrection = (Scalar)c.RootCorrection;
        using var epsilon = (Scalar)c.Epsilon;
        using var stepSize = (Scalar)(-c.StepSize);
        foreach (var (slot, gradient) in work)
        {
            using var scope = NewDisposeScope();
            slot.First.mul_(beta1).add_(gradient, rest1);
            slot.Second.mul_(beta2).addcmul_(gradient, gradient, rest2);
            var denominator = slot.Second.sqrt().div_(rootCorrection).AddInPlace(epsilon);
            slot.Parameter.mul_(keep).addcdiv_(slot.First, denominator, stepSize);
        }
    }
}
