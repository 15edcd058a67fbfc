using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

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
