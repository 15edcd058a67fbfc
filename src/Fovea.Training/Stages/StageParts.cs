using Fovea.Core.Errors;
using Fovea.Torch.Tensors;
using Fovea.Training.Layers;
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

/// <summary>Puts the parts of a stage's state under prefixes, and takes them out again.</summary>
public static class StateDictionary
{
    /// <summary>All parts in one, each name behind its part's prefix and a point.</summary>
    public static Dictionary<string, Tensor> Join(params (string Prefix, IReadOnlyDictionary<string, Tensor> Part)[] parts) =>
        parts.SelectMany(p => p.Part.Select(t => (Key: $"{p.Prefix}.{t.Key}", t.Value))).ToDictionary(t => t.Key, t => t.Value);

    /// <summary>The tensors behind one prefix, under their own names.</summary>
    /// <param name="state">The whole.</param>
    /// <param name="prefix">The part's prefix, without the point.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="InputException">There is no such part.</exception>
    public static Dictionary<string, Tensor> Part(this IReadOnlyDictionary<string, Tensor> state, string prefix, string source)
    {
        var part = state.Where(t => t.Key.StartsWith(prefix + ".", StringComparison.Ordinal)).ToDictionary(t => t.Key[(prefix.Length + 1)..], t => t.Value);
        return part.Count > 0 ? part : throw new InputException($"{source}: has no part '{prefix}'; it belongs to another kind of run");
    }
}
