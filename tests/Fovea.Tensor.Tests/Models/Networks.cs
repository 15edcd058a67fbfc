using Fovea.Core.Random;
using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;
using Fovea.Quantum.Ansaetze;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>Networks small enough for tests, and seeded tensors to feed them.</summary>
internal static class Networks
{
    internal const int Classes = 3;
    internal const int LatentChannels = 2;

    internal static readonly string[] AllAutoencoderPlaces =
        ["encoder.level1", "encoder.level2", "encoder.middle", "decoder.middle", "decoder.level2", "decoder.level1"];

    internal static readonly string[] AllDenoiserPlaces = ["down1", "down2", "middle", "up2", "up1"];

    internal static readonly AutoencoderOptions AutoencoderShape = new() { LatentChannels = LatentChannels, Channels = [8, 8], Patch = 2 };

    internal static readonly DenoiserOptions DenoiserShape = new() { Channels = [8, 8], Attention = [2], ClassConditional = true };

    internal static readonly QuantumOptions Quantum = new() { Circuit = new QuantumLayerSpec { Qubits = 4, Layers = 2 } };

    internal static readonly QuantumOptions Classical = Quantum with { Enabled = false };

    internal static Autoencoder Autoencoder(QuantumOptions quantum, AutoencoderOptions? shape = null, ulong seed = 1)
    {
        var model = new Autoencoder(shape ?? AutoencoderShape, quantum);
        SeededInitialization.Apply(model, seed);
        return model;
    }

    internal static UNet Denoiser(QuantumOptions quantum, DenoiserOptions? shape = null, ulong seed = 1)
    {
        var model = new UNet(LatentChannels, Classes, shape ?? DenoiserShape, quantum);
        SeededInitialization.Apply(model, seed);
        return model;
    }

    /// <summary>A tensor of standard normal numbers that depends on the stream and the shape only.</summary>
    internal static Tensor Normal(ulong stream, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        new CounterRandom(77, stream).FillNormal(values);
        return TensorSpans.FromFloats(values, shape);
    }

    /// <summary>Moves every parameter a little, so that none sits at a special value (scale 1, bias 0).</summary>
    internal static void Perturb(nn.Module module)
    {
        var random = new CounterRandom(5, 9);
        foreach (var parameter in module.parameters())
        {
            using var span = TensorSpans.Open<float>(parameter);
            foreach (ref var value in span.Values) value += 0.1f * (float)random.NextNormal();
        }
    }

    /// <summary>The gradients of all parameters by name; a parameter without one is missing.</summary>
    internal static Dictionary<string, float[]> Gradients(nn.Module module)
    {
        using var scope = NewDisposeScope();
        var gradients = new Dictionary<string, float[]>();
        foreach (var (name, parameter) in module.named_parameters())
            if (parameter.grad is { } gradient) gradients.Add(name, TensorSpans.ToArray<float>(gradient));
        return gradients;
    }
}
