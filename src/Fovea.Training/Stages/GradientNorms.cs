using Fovea.Models;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Norms of gradients, for the log.</summary>
internal static class GradientNorms
{
    /// <summary>The Euclidean norm over the circuit weights of a network; null when it has no circuits.</summary>
    internal static double? OfCircuits(nn.Module module)
    {
        using var scope = NewDisposeScope();
        var squares = ParameterReport.QuantumLayersOf(module)
            .Select(layer => layer.Weights.grad)
            .Where(gradient => gradient is not null)
            .Select(gradient => gradient!.Squared().sum().ToDouble())
            .ToList();
        return squares.Count == 0 ? null : Math.Sqrt(squares.Sum());
    }
}
