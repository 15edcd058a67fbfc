using Fovea.Models.Circuits;
using Fovea.Torch.Tensors;
using Fovea.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

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

    /// <summary>
    /// The Euclidean norm of the gradient over all circuit weights, and where there are several quantum layers that of each; nothing without circuits.
    /// </summary>
    internal Dictionary<string, double> Gradients()
    {
        using var scope = NewDisposeScope();
        return Figures(
            Norm, layer => layer.Weights.grad is { } gradient
                ? [.. TensorSpans.ToArray<float>(gradient)]
                : null, (_, gradient) => gradient, squares => Math.Sqrt(squares.Sum()));
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
        if (ofEach && _layers.Length > 1)
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
        using var values = tensor(weights, layer.Weights.shape, device: layer.Weights.device);
        layer.Weights.copy_(values);
    }

    private Dictionary<string, double> Figures(
        string name, Func<QuantumConvolution, float[]?> read, Func<float, float, double> value, Func<IEnumerable<double>, double> total)
    {
        var figures = new Dictionary<string, double>();
        var layers = _layers.Select(layer => (layer.Name, Squares: read(layer.Layer)?.Select((x, k) => Math.Pow(value(layer.Start[k], x), 2)).ToArray()))
            .Where(layer => layer.Squares is not null).ToArray();
        if (layers.Length == 0) return figures;
        figures[name] = total(layers.SelectMany(layer => layer.Squares!));
        if (_layers.Length > 1)
            foreach (var layer in layers) figures[$"{name}.{layer.Name}"] = total(layer.Squares!);
        return figures;
    }
}

/// <summary>
/// Whether a network makes use of what stands in its layers' middles, a circuit or a control: the held-out loss when each gives the mean of what it
/// would say, whatever it is asked.
/// </summary>
internal sealed class MiddleUse
{
    private const string Use = "middle_use";
    private const string Deviation = "middle_deviation";
    private readonly (string Name, AngleConvolution[] Copies)[] _layers;

    /// <summary>The layers of a network, each with its copies in those that work beside it: held-out images are spread over all of them.</summary>
    /// <param name="networks">The network and its copies.</param>
    internal MiddleUse(IReadOnlyList<nn.Module> networks)
    {
        var layers = networks.Select(LayersOf).ToArray();
        _layers = [.. layers[0].Select((layer, i) => (layer.Name, layers.Select(copy => copy[i].Layer).ToArray()))];
    }

    /// <summary>
    /// What the loss rises by with the means of all layers, and of each alone if so told; and how far the numbers of all are from those means: root mean
    /// square over samples and outputs. Nothing without such layers.
    /// </summary>
    /// <param name="rise">Measures the loss with the network as it is then, less that of the whole network.</param>
    /// <param name="ofEach">Whether each layer is measured too.</param>
    internal Dictionary<string, double> Measure(Func<double> rise, bool ofEach)
    {
        var figures = new Dictionary<string, double>();
        if (_layers.Length == 0) return figures;
        (figures[Use], figures[Deviation]) = WithMeans(_layers, rise);
        if (ofEach && _layers.Length > 1)
            foreach (var layer in _layers) (figures[$"{Use}.{layer.Name}"], figures[$"{Deviation}.{layer.Name}"]) = WithMeans([layer], rise);
        return figures;
    }

    private static (string Name, AngleConvolution Layer)[] LayersOf(nn.Module network) =>
        [.. network.named_modules()
            .Where(entry => entry.module is AngleConvolution)
            .Select(entry => (entry.name, (AngleConvolution)entry.module))
            .DistinctBy(layer => layer.Item2)];

    private static (double Rise, double Deviation) WithMeans((string Name, AngleConvolution[] Copies)[] layers, Func<double> measure)
    {
        using var noGradient = no_grad();
        // A sum for each layer of each network: copies work beside each other, and sums are added up in one order.
        AngleConvolution[] all = [.. layers.SelectMany(layer => layer.Copies)];
        var (squares, counts) = (new double[all.Length], new long[all.Length]);
        foreach (var (index, layer) in all.Index())
        {
            layer.Replacement = middle =>
            {
                var means = Means(layer, middle);
                squares[index] += middle.sub(means).Squared().sum().ToDouble();
                counts[index] += middle.numel();
                return means;
            };
        }

        try
        {
            var rise = measure();
            return (rise, Math.Sqrt(squares.Sum() / Math.Max(1, counts.Sum())));
        }
        finally
        {
            foreach (var layer in all) layer.Replacement = null;
        }
    }

    // Of each group and output over images and positions. Samples go round the groups where these share their middle, and group by group where not.
    private static Tensor Means(AngleConvolution layer, Tensor middle)
    {
        var outputs = middle.shape[^1];
        var byGroup = layer.IsShared ? middle.view(-1, layer.Groups, outputs) : middle.view(layer.Groups, -1, outputs);
        return byGroup.mean([layer.IsShared ? 0 : 1], keepdim: true).expand_as(byGroup).reshape(middle.shape).contiguous();
    }
}
