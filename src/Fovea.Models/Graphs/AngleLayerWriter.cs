using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Torch.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Models.Graphs;

/// <summary>
/// Writes an <see cref="AngleConvolution"/>: projections, angles, and the middle on samples [sets, samples, qubits], where a set is what shares the middle's
/// parameters: all samples, or those of one group.
/// </summary>
internal sealed class AngleLayerWriter(OnnxGraph graph, BlockWriter blocks)
{
    internal GraphMap Write(AngleConvolution layer, GraphMap input)
    {
        var projected = blocks.Write(layer.Part<nn.Module>("project"), input);
        var scale = graph.Numbers(layer.Parameter("scale").Values(), projected.Channels, 1, 1);
        var angles = graph.Mul(graph.Each("Tanh", graph.Mul(projected.Name, scale)), graph.Numbers([MathF.PI]));
        long groups = layer.Groups, qubits = layer.Qubits, outputs = layer.Outputs, positions = input.Height * input.Width;
        var byGroup = graph.Transpose(graph.Reshape(angles, 0, groups, qubits, positions), 1, 0, 3, 2);
        var numbers = Middle(layer, graph.Reshape(byGroup, layer.IsShared ? 1 : groups, -1, qubits));
        numbers = graph.Transpose(graph.Reshape(numbers, groups, -1, positions, outputs), 1, 0, 3, 2);
        // A mixer gives a channel the numbers of its own wire, which are brought together.
        if (layer.IsMixer && outputs != qubits)
            numbers = graph.Transpose(graph.Reshape(numbers, 0, groups, outputs / qubits, qubits, positions), 0, 1, 3, 2, 4);
        var map = new GraphMap(graph.Reshape(numbers, 0, groups * outputs, input.Height, input.Width), groups * outputs, input.Height, input.Width);
        return blocks.Write(layer.Part<Conv2d>("expand"), map);
    }

    private string Middle(AngleConvolution layer, string angles) => layer switch
    {
        QuantumConvolution circuit => Circuit(circuit, angles),
        PerceptronConvolution => Perceptron(layer, angles),
        TrigonometricConvolution => Trigonometric(layer, angles),
        IdentityConvolution identity => HalfTurns(identity.Wires is { } wires ? graph.Gather(angles, [.. wires], 2) : angles),
        _ => throw new NotSupportedException($"a {layer.GetName()} cannot be written as ONNX"),
    };

    private string Circuit(QuantumConvolution layer, string angles)
    {
        var sets = layer.IsShared ? 1 : layer.Groups;
        var all = layer.Weights.Values();
        var count = layer.Circuit.WeightCount;
        double[][] weights = [.. Enumerable.Range(0, sets).Select(set => all.AsSpan(set * count, count).ToArray().Select(value => (double)value).ToArray())];
        return CircuitWriter.Write(graph, layer.Circuit, weights, Uploads(layer, angles));
    }

    // [sets, samples, qubits] → [sets, samples, uploads · qubits] where uploads have scales.
    private string Uploads(QuantumConvolution layer, string angles)
    {
        if (layer.UploadScales is not var (scale, shift)) return angles;
        var (sets, uploads) = (layer.IsShared ? 1 : layer.Groups, scale.shape[^2]);
        long[] wires = [.. Enumerable.Range(0, (int)uploads).SelectMany(_ => Enumerable.Range(0, layer.Qubits).Select(wire => (long)wire))];
        string Row(Tensor values) => graph.Numbers(values.Values(), sets, 1, uploads * layer.Qubits);
        return graph.Add(graph.Mul(graph.Gather(angles, wires, 2), Row(scale)), Row(shift));
    }

    private string Perceptron(AngleConvolution layer, string angles)
    {
        var hidden = graph.Each("Tanh", Linear(layer.Part<nn.Module>("hidden"), HalfTurns(angles)));
        return graph.Each("Tanh", Linear(layer.Part<nn.Module>("output"), hidden));
    }

    // The features in the order of TrigonometricConvolution.Features.
    private string Trigonometric(AngleConvolution layer, string angles)
    {
        var qubits = layer.Qubits;
        List<string> features = [CircuitWriter.Ones(graph, angles), graph.Each("Cos", angles), graph.Each("Sin", angles)];
        if (qubits > 1)
        {
            var waves = graph.Concat(2, features[1], features[2]);
            var pairs = from distance in Enumerable.Range(1, qubits - 1)
                        from first in new[] { 0, qubits }
                        from second in new[] { 0, qubits }
                        from wire in Enumerable.Range(0, qubits - distance)
                        select ((long)(first + wire), (long)(second + wire + distance));
            var places = pairs.ToArray();
            features.Add(graph.Mul(
                graph.Gather(waves, [.. places.Select(pair => pair.Item1)], 2), graph.Gather(waves, [.. places.Select(pair => pair.Item2)], 2)));
        }

        return Linear(layer.Part<nn.Module>("coefficients"), graph.Concat(2, [.. features]));
    }

    private string HalfTurns(string angles) => graph.Mul(angles, graph.Numbers([1 / MathF.PI]));

    // Of all sets together, or of each its own.
    private string Linear(nn.Module layer, string input)
    {
        var weight = layer.Parameter("weight");
        var (sets, outputs, inputs) = (weight.dim() == 3 ? weight.shape[0] : 1, weight.shape[^2], weight.shape[^1]);
        using var turned = weight.transpose(-2, -1);
        var product = graph.MatMul(input, graph.Numbers(turned.Values(), sets, inputs, outputs));
        var bias = layer.named_parameters(recurse: false).FirstOrDefault(entry => entry.name == "bias").parameter;
        return bias is null ? product : graph.Add(product, graph.Numbers(bias.Values(), sets, 1, outputs));
    }
}
