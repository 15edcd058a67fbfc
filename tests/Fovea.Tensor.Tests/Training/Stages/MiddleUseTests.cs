using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Torch.Training;
using Fovea.Training.Stages;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Stages;

/// <summary>The ablation that puts means in the place of what circuits and controls say.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class MiddleUseTests
{
    private const int Channels = 6;

    [Theory]
    [InlineData(QuantumLayerKind.Circuit, true)]
    [InlineData(QuantumLayerKind.Circuit, false)]
    [InlineData(QuantumLayerKind.MatchedMlp, false)]
    [InlineData(QuantumLayerKind.Identity, true)]
    public void Measure_Layer_GivesTheSameAtAllPositionsAndSaysHowFarItWas(QuantumLayerKind kind, bool shared)
    {
        using var scope = NewDisposeScope();
        var options = new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = 2, Layers = 1 }, Groups = 3, Shared = shared };
        using var layer = kind.Create(Channels, options);
        SeededInitialization.Apply(layer, 5);
        var input = randn([2, Channels, 3, 3], generator: new Generator(7));
        using var network = nn.Sequential(("layer", layer));
        var whole = network.forward(input);
        var middles = new List<Tensor>();
        layer.Replacement = middle => { middles.Add(middle.detach()); return middle; };
        network.forward(input);
        layer.Replacement = null;
        Tensor? ablated = null;
        var figures = new MiddleUse([network]).Measure(() => { ablated = network.forward(input); return 0.25; }, ofEach: true);
        // A constant for each channel: the mean over images and positions of what the layer gave, since what follows the middle is linear.
        Assert.True(ablated!.allclose(whole.mean([0, 2, 3], keepdim: true).expand_as(whole), 1e-4, 1e-5));
        Assert.Equal(0.25, figures["middle_use"]);
        Assert.Equal(Deviation(middles.Single(), layer), figures["middle_deviation"], 1e-5);
        Assert.Equal(["middle_deviation", "middle_use"], figures.Keys.Order());
        // Nothing of it stays.
        Assert.Null(layer.Replacement);
        Assert.True(network.forward(input).equal(whole).all().ToBoolean());
    }

    [Fact]
    public void Measure_NetworksBesideEachOther_AblatesAllAndSaysTheSame()
    {
        using var scope = NewDisposeScope();
        Tensor[] items = [.. Enumerable.Range(0, 4).Select(i => randn([2, Channels, 3, 3], generator: new Generator((ulong)i)))];
        Dictionary<string, double> Measure(int threads)
        {
            using var network = Network();
            using var parallel = new DataParallel<Sequential>(network, Network, BatchParts.Cut(8, threads));
            Assert.Equal(threads, parallel.Networks.Count);
            return new MiddleUse(parallel.Networks).Measure(
                () => parallel.Map(items, (copy, item) => copy.forward(item).var([0, 2, 3]).sum().ToDouble()).Sum(), ofEach: true);
        }

        var one = Measure(1);
        // Constant over images and positions in every chunk, whichever network took it.
        Assert.Equal(0, one["middle_use"], 1e-9);
        var two = Measure(2);
        Assert.Equal(0, two["middle_use"], 1e-9);
        Assert.Equal(one["middle_deviation"], two["middle_deviation"], 1e-9);

        static Sequential Network()
        {
            var layer = QuantumLayerKind.Circuit.Create(Channels, new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = 2, Layers = 1 }, Groups = 3 });
            SeededInitialization.Apply(layer, 5);
            return nn.Sequential(("layer", layer));
        }
    }

    [Fact]
    public void Measure_WithoutSuchLayers_SaysNothing()
    {
        using var network = nn.Sequential(("layer", nn.Linear(2, 2)));
        Assert.Empty(new MiddleUse([network]).Measure(() => throw new InvalidOperationException("not called"), ofEach: true));
    }

    // Sample by sample, in the order that the layer documents.
    private static double Deviation(Tensor middle, AngleConvolution layer)
    {
        var (rows, outputs) = (middle.shape[0], middle.shape[1]);
        var values = middle.to(float64).data<double>().ToArray();
        var group = Enumerable.Range(0, (int)rows).Select(row => layer.IsShared ? row % layer.Groups : row / (int)(rows / layer.Groups)).ToArray();
        var sum = 0.0;
        foreach (var (g, o) in Enumerable.Range(0, layer.Groups).SelectMany(g => Enumerable.Range(0, (int)outputs).Select(o => (g, o))))
        {
            var own = Enumerable.Range(0, (int)rows).Where(row => group[row] == g).Select(row => values[(row * outputs) + o]).ToArray();
            sum += own.Sum(value => Math.Pow(value - own.Average(), 2));
        }

        return Math.Sqrt(sum / values.Length);
    }
}
