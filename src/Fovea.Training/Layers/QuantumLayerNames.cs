using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using TorchSharp;

namespace Fovea.Training.Layers;

/// <summary>The quantum layers of a run by name: "autoencoder.encoder.middle.conv2", "denoiser.up.0.block.conv2".</summary>
internal static class QuantumLayerNames
{
    /// <summary>Every quantum layer, in the order of the networks and their modules.</summary>
    public static IReadOnlyList<(string Name, QuantumConvolution Layer)> Of(params IEnumerable<(string Name, torch.nn.Module Module)> networks) =>
    [
        .. networks.SelectMany(network => network.Module.named_modules()
            .Where(entry => entry.module is QuantumConvolution)
            .Select(entry => ($"{network.Name}.{entry.name}", (QuantumConvolution)entry.module)))
            .DistinctBy(layer => layer.Item2),
    ];

    /// <summary>The layer of a name.</summary>
    /// <exception cref="InputException">There is none, or no name is given; the message lists the names.</exception>
    public static QuantumConvolution Find(IReadOnlyList<(string Name, QuantumConvolution Layer)> layers, string? name, string run)
    {
        if (layers.Count == 0) throw new InputException($"{run}: has no quantum layers");
        var names = layers.Select(layer => layer.Name).ToArray();
        var allowed = $"allowed: {string.Join(", ", names)}";
        if (name is null) throw new InputException($"{new NamedInput("Layer")} is missing; {allowed}");
        return Array.IndexOf(names, name) is >= 0 and var at
            ? layers[at].Layer
            : throw new InputException($"{new NamedInput("Layer")} {name} is not a quantum layer of this run{NearestName.Hint(name, names)}; {allowed}");
    }
}
