using Fovea.Models.Circuits;
using TorchSharp;

namespace Fovea.Models;

/// <summary>How large a network is, and how much of it is quantum.</summary>
/// <param name="Total">Trainable parameters in all.</param>
/// <param name="Quantum">Those of them that are circuit weights.</param>
/// <param name="QuantumLayers">Quantum convolutions in the network.</param>
public sealed record ParameterReport(long Total, long Quantum, int QuantumLayers)
{
    /// <summary>Counts the parameters of a network.</summary>
    public static ParameterReport Of(torch.nn.Module module)
    {
        var layers = QuantumLayersOf(module);
        return new ParameterReport(
            module.parameters().Sum(p => p.numel()), layers.Sum(layer => layer.Weights.numel()), layers.Count);
    }

    /// <summary>The quantum convolutions of a network, in the order of its modules.</summary>
    public static IReadOnlyList<QuantumConvolution> QuantumLayersOf(torch.nn.Module module) =>
        [.. module.modules().OfType<QuantumConvolution>().Distinct()];
}
