using Fovea.Torch.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>How the optimizer treats each parameter of a network, by its name.</summary>
internal static class ParameterGroups
{
    // The fewest rows and inputs of a matrix for Muon: the first and the last layer of a network, which end at few channels, are better left to AdamW.
    private const int SmallestSide = 16;

    // Scales and shifts of uploads turn the same rotations as the weights do: a layer without them has no parameters of these names.
    private static readonly string[] s_circuitParts = ["weights", "upload_scale", "upload_shift"];

    /// <summary>
    /// Circuits' weights, and scales and shifts of uploads, at a rate of their own and without decay where there is such a rate; matrices by Muon where the
    /// options
    /// ask for it; biases, angles and what else is no matrix without decay where they say so; all others as they are. Null when all are alike.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How it is trained.</param>
    internal static Func<string, ParameterGroup>? Of(nn.Module network, StageOptions options)
    {
        var circuits = QuantumLayerNames.Of(("", network)).SelectMany(layer => s_circuitParts.Select(part => $"{layer.Name[1..]}.{part}")).ToHashSet();
        var embeddings = network.named_modules().Where(m => m.module is Embedding).Select(m => $"{m.name}.weight").ToHashSet();
        var groups = new Dictionary<string, ParameterGroup>();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (GroupOf(name, parameter) is { } group && group != ParameterGroup.Common) groups.Add(name, group);
        }

        return groups.Count == 0 ? null : name => groups.GetValueOrDefault(name, ParameterGroup.Common);

        ParameterGroup GroupOf(string name, Parameter parameter)
        {
            if (circuits.Contains(name))
            {
                return options.CircuitRate == 0
                    ? new ParameterGroup(Decays: options.VectorDecay)
                    : new ParameterGroup(options.CircuitRate / options.LearningRate, Decays: false);
            }

            if (parameter.dim() < 2) return new ParameterGroup(Decays: options.VectorDecay);
            return new ParameterGroup(Orthogonal: options.Optimizer == Optimizers.Muon && !embeddings.Contains(name)
                && parameter.shape[0] >= SmallestSide && parameter.shape[1] >= SmallestSide);
        }
    }
}
