using Fovea.Torch.Tensors;
using Fovea.Training.Circuits;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Norms of gradients, for the log.</summary>
internal static class GradientNorms
{
    private const string Name = "circuit_gradient_norm";

    /// <summary>Adds the Euclidean norm over the circuit weights of a network, and where it has several quantum layers that of each; nothing without circuits.</summary>
    internal static void AddCircuits(Dictionary<string, double> figures, nn.Module module)
    {
        using var scope = NewDisposeScope();
        var squares = QuantumLayerNames.Of((Name, module))
            .Where(layer => layer.Layer.Weights.grad is not null)
            .Select(layer => (layer.Name, Square: layer.Layer.Weights.grad!.Squared().sum().ToDouble()))
            .ToList();
        if (squares.Count == 0) return;
        figures[Name] = Math.Sqrt(squares.Sum(layer => layer.Square));
        if (squares.Count > 1)
            foreach (var (name, square) in squares) figures[name] = Math.Sqrt(square);
    }
}
