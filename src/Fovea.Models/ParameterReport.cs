using Fovea.Models.Circuits;
using TorchSharp;
using TorchSharp.Modules;

namespace Fovea.Models;

/// <summary>How large a network is, and how much of it is quantum. Parameters that are not trained do not count.</summary>
/// <param name="Total">Trainable parameters in all.</param>
/// <param name="Quantum">Those of them that are circuit weights.</param>
/// <param name="QuantumLayers">Quantum convolutions in the network, with frozen weights or not.</param>
/// <param name="LayerParameters">
/// Trainable parameters in the middles of quantum convolutions and of their controls: circuit weights, a perceptron's weights and biases,
/// trigonometric coefficients; none where the weights are frozen or there is no middle.
/// </param>
public sealed record ParameterReport(long Total, long Quantum, int QuantumLayers, long LayerParameters)
{
    /// <summary>Counts the parameters of a network.</summary>
    public static ParameterReport Count(torch.nn.Module module)
    {
        var layers = QuantumLayersOf(module);
        return new ParameterReport(
            Trainable(module.parameters()),
            Trainable(layers.Select(layer => layer.Weights)),
            layers.Count,
            Trainable(AngleLayersOf(module).SelectMany(layer => layer.MiddleParameters)));
    }

    /// <summary>The quantum convolutions of a network, in the order of its modules.</summary>
    public static IReadOnlyList<QuantumConvolution> QuantumLayersOf(torch.nn.Module module) =>
        [.. AngleLayersOf(module).OfType<QuantumConvolution>()];

    /// <summary>The quantum convolutions of a network and the controls in their places, in the order of its modules; a layer alone is one.</summary>
    public static IReadOnlyList<AngleConvolution> AngleLayersOf(torch.nn.Module module) =>
        [.. module.modules().Prepend(module).OfType<AngleConvolution>().Distinct()];

    private static long Trainable(IEnumerable<Parameter> parameters) =>
        parameters.Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());
}
