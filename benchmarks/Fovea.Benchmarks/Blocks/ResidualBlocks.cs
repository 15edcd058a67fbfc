using BenchmarkDotNet.Attributes;
using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
using Fovea.Quantum.Ansaetze;
using Fovea.Torch.Runtime;
using static TorchSharp.torch;

namespace Fovea.Benchmarks.Blocks;

/// <summary>
/// A quantum residual block beside the same block without its circuit and beside the classical one, forward and backward: 2,048
/// circuits a call.
/// </summary>
[MemoryDiagnoser]
public class ResidualBlocks : IDisposable
{
    private const string Place = "middle";
    private const int Batch = 32;
    private const int Channels = 64;
    private const int Side = 8;
    private const int Qubits = 8;
    private ResidualBlock _identity = null!;
    private ResidualBlock _classical = null!;
    private ResidualBlock _quantum = null!;
    private Tensor _input = null!;

    [Params("strongly-entangling", "ese2-recon")]
    public string Ansatz { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        TorchRuntime.Initialize(1);
        random.manual_seed(1);
        var options = new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = Qubits, Layers = 3, Ansatz = Ansatz } };
        _identity = new ResidualBlock(Place, Channels, Channels, new WithoutCircuit(options));
        _classical = new ResidualBlock(Place, Channels, Channels, new ConvolutionFactory(options, []));
        _quantum = new ResidualBlock(Place, Channels, Channels, new ConvolutionFactory(options, [Place]));
        _input = randn([Batch, Channels, Side, Side]);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _identity.Dispose();
        _classical.Dispose();
        _quantum.Dispose();
        _input.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void Identity() => Step(_identity);

    [Benchmark]
    public void Classical() => Step(_classical);

    [Benchmark]
    public void Quantum() => Step(_quantum);

    private void Step(ResidualBlock block)
    {
        using var scope = NewDisposeScope();
        block.zero_grad();
        block.call(_input, null).square().mean().backward();
    }

    private sealed class WithoutCircuit(QuantumOptions options) : ConvolutionFactory(options, [])
    {
        public override nn.Module<Tensor, Tensor> Create(string place, int channels) => new AnglesOnly(channels, Qubits);
    }
}
