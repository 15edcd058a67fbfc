using BenchmarkDotNet.Attributes;
using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
using Fovea.Quantum.Ansaetze;
using Fovea.Torch.Runtime;
using static TorchSharp.torch;

namespace Fovea.Benchmarks.Blocks;

/// <summary>A residual block and its quantum twin: forward and backward, as a ratio.</summary>
[MemoryDiagnoser]
public class ResidualBlocks : IDisposable
{
    private const string Place = "middle";
    private const int Batch = 16;
    private const int Channels = 64;
    private const int Side = 16;
    private ResidualBlock _classical = null!;
    private ResidualBlock _quantum = null!;
    private Tensor _input = null!;

    [Params(4, 6, 8)]
    public int Qubits { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        TorchRuntime.Initialize(1);
        random.manual_seed(1);
        var options = new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = Qubits, Layers = 3 } };
        _classical = new ResidualBlock(Place, Channels, Channels, new ConvolutionFactory(options, []));
        _quantum = new ResidualBlock(Place, Channels, Channels, new ConvolutionFactory(options, [Place]));
        _input = randn([Batch, Channels, Side, Side]);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _classical.Dispose();
        _quantum.Dispose();
        _input.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void Classical() => Step(_classical);

    [Benchmark]
    public void Quantum() => Step(_quantum);

    private void Step(ResidualBlock block)
    {
        using var scope = NewDisposeScope();
        block.zero_grad();
        block.call(_input, null).square().mean().backward();
    }
}
