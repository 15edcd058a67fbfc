using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
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

/// <summary>
/// A quantum layer beside a 3×3 convolution: convolution + gate · layer, with a learned gate for each channel that starts at zero. So the
/// network starts as its classical twin, from the same values to the same outputs, and takes of the layer what lowers the loss.
/// </summary>
internal sealed class GatedConvolution : nn.Module<Tensor, Tensor>, ISeededModule
{
    [ComponentName(Name = "convolution")] private readonly PaddedConvolution _convolution;
    [ComponentName(Name = "layer")] private readonly AngleConvolution _layer;
    [ComponentName(Name = "gate")] private readonly Parameter _gate;

    internal GatedConvolution(int channels, AngleConvolution layer) : base(nameof(GatedConvolution))
    {
        (_convolution, _layer, _gate) = (new PaddedConvolution(channels, channels), layer, nn.Parameter(zeros(channels)));
        RegisterComponents();
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input) => _convolution.call(input).Plus(_layer.call(input).mul(_gate.view(1, -1, 1, 1)));

    /// <summary>The gate 0; the convolution from the values of the twin's, which has this module's own place.</summary>
    public void InitializeParameters(ParameterInitializer initializer)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        SeededInitialization.ByFanIn(initializer, _convolution.Weight, _convolution.Bias);
        ParameterInitializer.Constant(_gate, 0);
    }
}

/// <summary>A quantum layer on the first channels and a 3×3 convolution on the others, side by side.</summary>
internal sealed class PartConvolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "layer")] private readonly AngleConvolution _layer;
    [ComponentName(Name = "convolution")] private readonly PaddedConvolution _convolution;
    private readonly (int Layer, int Convolution) _channels;

    internal PartConvolution(int channels, int part, AngleConvolution layer) : base(nameof(PartConvolution))
    {
        _channels = (part, channels - part);
        (_layer, _convolution) = (layer, new PaddedConvolution(_channels.Convolution, _channels.Convolution));
        RegisterComponents();
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input) =>
        cat([_layer.call(input.narrow(1, 0, _channels.Layer)), _convolution.call(input.narrow(1, _channels.Layer, _channels.Convolution))], 1);
}
