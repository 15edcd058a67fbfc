using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Torch.Modules;
using static TorchSharp.torch;

namespace Fovea.Models.Blocks;

/// <summary>
/// Makes the second convolution of each residual block: the one place where a model and its quantum form differ. Derive from it to
/// put something else there.
/// </summary>
/// <param name="options">The circuit to use at the quantum places.</param>
/// <param name="quantumPlaces">Names of the places whose blocks are quantum.</param>
/// <param name="kind">What stands at those places: the circuit, or a control.</param>
public class ConvolutionFactory(
    QuantumOptions options, IReadOnlyList<string> quantumPlaces, QuantumLayerKind kind = QuantumLayerKind.Circuit)
{
    /// <summary>A layer [batch, channels, height, width] → the same shape: 3×3 convolution, or quantum convolution or its control, or both joined.</summary>
    public virtual nn.Module<Tensor, Tensor> Create(string place, int channels)
    {
        if (!options.Enabled || !quantumPlaces.Contains(place)) return new PaddedConvolution(channels, channels);
        var width = options.ChannelsOf(channels);
        var layer = kind.Create(width, options);
        return options.Join switch
        {
            QuantumJoin.Gated => new GatedConvolution(channels, layer),
            QuantumJoin.Part => new PartConvolution(channels, width, layer),
            _ => layer,
        };
    }
}
