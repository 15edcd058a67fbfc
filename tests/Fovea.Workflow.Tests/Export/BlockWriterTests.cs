using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Models.Graphs;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Torch.Onnx;
using static TorchSharp.torch;

namespace Fovea.Tests.Export;

/// <summary>Each block as ONNX operators gives what it gives as a module.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class BlockWriterTests
{
    private static readonly ConvolutionFactory Plain = new(Networks.Classical, []);
    private static readonly QuantumOptions Quantum = new() { Circuit = new QuantumLayerSpec { Qubits = 3, Layers = 2 }, Groups = 2, Projection = 3 };

    private static readonly Dictionary<string, (int Channels, Func<nn.Module<Tensor, Tensor>> Make)> Blocks = new()
    {
        ["convolution"] = (3, () => new PaddedConvolution(3, 5)),
        ["strided convolution"] = (3, () => new PaddedConvolution(3, 5, stride: 2)),
        ["pointwise convolution"] = (3, () => Layers.Pointwise(3, 7)),
        ["depthwise convolution"] = (4, () => Layers.Depthwise(4, 8, 3)),
        ["normalisation"] = (8, () => Layers.GroupNorm(2, 8)),
        ["residual"] = (8, () => new PlainBlock("a", 8, 8, Plain)),
        ["residual of other channels"] = (4, () => new PlainBlock("a", 4, 8, Plain)),
        ["upsampling"] = (3, () => new UpsamplingConvolution(3, 4)),
        ["attention of one head"] = (12, () => new AttentionBlock(12)),
        ["attention of two heads"] = (64, () => new AttentionBlock(64)),
        ["gated"] = (6, () => new GatedConvolution(6, new QuantumConvolution(6, Quantum))),
        ["part"] = (6, () => new PartConvolution(6, 2, new QuantumConvolution(2, Quantum))),
    };

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names => [.. Blocks.Keys];

    /// <summary>Every kind of layer, as a mixer or not, with middles shared or not.</summary>
    public static TheoryData<QuantumLayerKind, bool, bool> Kinds =>
    [
        .. from kind in Enum.GetValues<QuantumLayerKind>()
           from mixes in new[] { true, false }
           from shared in new[] { true, false }
           select new TheoryDataRow<QuantumLayerKind, bool, bool>(kind, mixes, shared),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_OfABlock_GivesWhatTheModuleGives(string name) => Compare(Blocks[name].Make(), Blocks[name].Channels);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_OfALayerInACircuitsPlace_GivesWhatTheModuleGives(QuantumLayerKind kind, bool mixes, bool shared) =>
        Compare(kind.Create(6, Quantum with { Join = mixes ? QuantumJoin.Mixer : QuantumJoin.Replace, Shared = shared }), 6);

    // Several observables a wire, and a mixer that brings those of a wire together.
    [Theory]
    [InlineData("X+Y+Z", true)]
    [InlineData("Z+ZZ", true)]
    [InlineData("XX:all+Y", false)]
    public void Write_OfMoreObservables_GivesWhatTheModuleGives(string observables, bool mixes)
    {
        var join = mixes ? QuantumJoin.Mixer : QuantumJoin.Replace;
        var options = Quantum with { Circuit = Quantum.Circuit with { Observables = observables }, Join = join, Shared = false };
        Compare(new QuantumConvolution(6, options.At(6)), 6);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("YZX", true)]
    [InlineData("YZX", false)]
    public void Write_OfUploadsWithScales_GivesWhatTheModuleGives(string axes, bool shared)
    {
        var circuit = Quantum.Circuit with { Reupload = true, Axes = axes, Layers = 3 };
        Compare(new QuantumConvolution(6, Quantum with { Circuit = circuit, UploadScales = true, Shared = shared }), 6);
    }

    private static void Compare(nn.Module<Tensor, Tensor> module, int channels)
    {
        using var owned = module;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        SeededInitialization.Apply(module, 4);
        Networks.Perturb(module);
        var input = Networks.Normal(3, 2, channels, 4, 6);
        var graph = new OnnxGraph("block");
        var name = graph.Input(new OnnxValue("input", OnnxType.Real, ["batch", channels, 4, 6]));
        var map = new BlockWriter(graph).Write(module, new GraphMap(name, channels, 4, 6));
        graph.Output(map.Name, new OnnxValue("output", OnnxType.Real, ["batch", map.Channels, map.Height, map.Width]));
        var expected = module.call(input);
        Assert.Equal<long[]>([2, map.Channels, map.Height, map.Width], expected.shape);
        GraphRunner.AssertEqual(expected, GraphRunner.Run(graph, ("input", input)));
    }
}
