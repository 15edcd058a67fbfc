using Fovea.Models;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Counts circuit evaluations by running a network.</summary>
internal static class CircuitCounter
{
    /// <summary>Circuits that the network evaluates in one call of <paramref name="forward"/>.</summary>
    internal static long Count(nn.Module network, Func<Tensor> forward)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var layers = ParameterReport.QuantumLayersOf(network);
        var before = layers.Sum(layer => layer.CircuitsEvaluated);
        forward();
        return layers.Sum(layer => layer.CircuitsEvaluated) - before;
    }
}
