using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Ansaetze;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>Layers of every kind that are small enough for tests.</summary>
internal static class ControlLayers
{
    internal const int Channels = 5;
    internal const int Qubits = 3;
    internal const int Groups = 2;

    internal static readonly QuantumOptions Options = new()
    {
        Circuit = new QuantumLayerSpec { Qubits = Qubits, Layers = 2, Ansatz = "strongly-entangling" },
        Groups = Groups,
    };

    /// <summary>A layer with seeded parameters, none of which sits at a special value.</summary>
    internal static AngleConvolution Perturbed(QuantumLayerKind kind)
    {
        var layer = Seeded(kind, 8);
        Networks.Perturb(layer);
        return layer;
    }

    internal static AngleConvolution Seeded(QuantumLayerKind kind, ulong seed)
    {
        var layer = kind.Create(Channels, Options);
        SeededInitialization.Apply(layer, seed);
        return layer;
    }

    internal static float[] Outputs(nn.Module<Tensor, Tensor> layer, Tensor input) => CollectionPause.Run(() =>
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return TensorSpans.ToArray<float>(layer.call(input));
    });

    /// <summary>Every parameter of a layer by name.</summary>
    internal static Dictionary<string, double[]> Values(nn.Module layer) => layer.named_parameters()
        .ToDictionary(p => p.name, p => TensorSpans.ToArray<float>(p.parameter).Select(v => (double)v).ToArray());
}
