using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using Fovea.Training.Layers;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>The optimizer's group of the circuits' weights.</summary>
internal static class CircuitGroup
{
    /// <summary>By a parameter's name: circuits' weights, and scales and shifts of uploads, at a rate of their own and without decay, all others as they are. Null when the rate is 0.</summary>
    /// <param name="module">The network.</param>
    /// <param name="circuitRate">Peak of the circuits' rate; 0 for none of their own.</param>
    /// <param name="learningRate">Peak of the network's rate.</param>
    internal static Func<string, ParameterGroup>? Of(nn.Module module, double circuitRate, double learningRate)
    {
        if (circuitRate == 0) return null;
        // Scales and shifts of uploads turn the same rotations: a layer without them has no parameters of these names.
        string[] parts = ["weights", "upload_scale", "upload_shift"];
        var names = QuantumLayerNames.Of(("", module)).SelectMany(layer => parts.Select(part => $"{layer.Name[1..]}.{part}")).ToHashSet();
        var group = new ParameterGroup(circuitRate / learningRate, Decays: false);
        return name => names.Contains(name) ? group : ParameterGroup.Common;
    }
}

/// <summary>What becomes of a network's circuits, for the log: gradients of their weights and how far these are from where they began.</summary>
internal sealed class CircuitLog
{
    private const string Norm = "circuit_gradient_norm";
    private const string Displacement = "circuit_displacement";
    private const string Share = "circuit_share";
    private readonly (string Name, QuantumConvolution Layer, float[] Start)[] _layers;

    /// <summary>Notes where the weights begin.</summary>
    internal CircuitLog(nn.Module module) =>
        _layers = [.. QuantumLayerNames.Of(("", module)).Select(layer => (layer.Name[1..], layer.Layer, TensorSpans.ToArray<float>(layer.Layer.Weights)))];

    /// <summary>The Euclidean norm of the gradient over all circuit weights, and where there are several quantum layers that of each; nothing without circuits.</summary>
    internal Dictionary<string, double> Gradients()
    {
        using var scope = NewDisposeScope();
        return Figures(Norm, layer => layer.Weights.grad is { } gradient ? [.. TensorSpans.ToArray<float>(gradient)] : null, (_, gradient) => gradient, squares => Math.Sqrt(squares.Sum()));
    }

    /// <summary>
    /// The root mean square of the angles' displacement from their start, each taken modulo 2π to (−π, π]: of all, and where there are several quantum
    /// layers of each; nothing without circuits that are trained.
    /// </summary>
    internal Dictionary<string, double> Displacements() => Figures(
        Displacement, layer => layer.Weights.requires_grad ? TensorSpans.ToArray<float>(layer.Weights) : null,
        (start, angle) => Math.IEEERemainder((double)angle - start, 2 * Math.PI), squares => Math.Sqrt(squares.Average()));

    /// <summary>What the loss rises by when circuits get their weights of the start back for as long as it is measured: all, and each alone.</summary>
    internal Dictionary<string, double> Shares(Func<double> rise, bool ofEach)
    {
        var shares = new Dictionary<string, double>();
        var trained = _layers.Where(layer => layer.Layer.Weights.requires_grad).ToArray();
        if (trained.Length == 0) return shares;
        shares[Share] = WithStart(trained, rise);
        if (ofEach && trained.Length > 1)
            foreach (var layer in trained) shares[$"{Share}.{layer.Name}"] = WithStart([layer], rise);
        return shares;
    }

    private static double WithStart((string Name, QuantumConvolution Layer, float[] Start)[] layers, Func<double> measure)
    {
        using var noGradient = no_grad();
        var now = layers.Select(layer => TensorSpans.ToArray<float>(layer.Layer.Weights)).ToArray();
        foreach (var layer in layers) Set(layer.Layer, layer.Start);
        try
        {
            return measure();
        }
        finally
        {
            foreach (var (layer, weights) in layers.Zip(now)) Set(layer.Layer, weights);
        }
    }

    private static void Set(QuantumConvolution layer, float[] weights)
    {
        using var values = tensor(weights, layer.Weights.shape);
        layer.Weights.copy_(values);
    }

    private Dictionary<string, double> Figures(string name, Func<QuantumConvolution, float[]?> read, Func<float, float, double> value, Func<IEnumerable<double>, double> total)
    {
        var figures = new Dictionary<string, double>();
        var layers = _layers.Select(layer => (layer.Name, Squares: read(layer.Layer)?.Select((x, k) => Math.Pow(value(layer.Start[k], x), 2)).ToArray())).Where(layer => layer.Squares is not null).ToArray();
        if (layers.Length == 0) return figures;
        figures[name] = total(layers.SelectMany(layer => layer.Squares!));
        if (layers.Length > 1)
            foreach (var layer in layers) figures[$"{name}.{layer.Name}"] = total(layer.Squares!);
        return figures;
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
