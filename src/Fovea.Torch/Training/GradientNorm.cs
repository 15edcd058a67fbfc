using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>The Euclidean norm of all gradients together.</summary>
public static class GradientNorm
{
    /// <summary>The norm; 0 when there is no gradient.</summary>
    public static double Measure(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return Measure(Gradients(parameters));
    }

    /// <summary>
    /// Scales the gradients down where their norm is over the limit, and returns the norm that they had. A norm that is not
    /// finite is returned and leaves the gradients as they are: the caller decides.
    /// </summary>
    /// <param name="parameters">Parameters; those without a gradient are skipped.</param>
    /// <param name="limit">Largest norm allowed; positive.</param>
    public static double Clip(IEnumerable<Parameter> parameters, double limit)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var gradients = Gradients(parameters);
        var norm = Measure(gradients);
        if (!double.IsFinite(norm) || norm <= limit) return norm;
        using var factor = (Scalar)(limit / norm);
        foreach (var gradient in gradients) gradient.mul_(factor);
        return norm;
    }

    private static List<Tensor> Gradients(IEnumerable<Parameter> parameters) =>
        [.. parameters.Select(p => p.grad).OfType<Tensor>()];

    // One reading of a value for all, and squares summed in double precision.
    private static double Measure(List<Tensor> gradients) =>
        gradients.Count == 0 ? 0 : stack(gradients.Select(g => g.norm().to(float64))).norm().item<double>();
}
