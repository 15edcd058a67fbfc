using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Fovea.Core.Random;
using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;

namespace Fovea.Benchmarks.Circuits;

/// <summary>
/// The three ways to a noisy circuit, and the exact one beside the same engine without noise. A batch at a time for the exact way, one
/// sample for density matrices, and twenty trajectories of one sample; one thread.
/// </summary>
[MemoryDiagnoser, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByParams)]
public class NoisyEngines
{
    private const int Layers = 3;
    private const int Batch = 4096;
    private const int Trajectories = 20;
    private TrigonometricEngine<float> _ideal = null!;
    private TrigonometricEngine<float> _noisy = null!;
    private DensityMatrixEngine _density = null!;
    private TrajectorySimulator _trajectories = null!;
    private Buffers<float> _idealFloats = null!;
    private Buffers<float> _noisyFloats = null!;
    private double[] _inputs = [];
    private double[] _weights = [];

    [Params(4, 6)]
    public int Qubits { get; set; }

    [Params("ese2-recon", "strongly-entangling")]
    public string Ansatz { get; set; } = "";

    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "";

    public static IEnumerable<string> Devices => ShippedProfiles.Names;

    [GlobalSetup]
    public void Prepare()
    {
        var circuit = new QuantumLayerSpec { Qubits = Qubits, Layers = Layers, Ansatz = Ansatz }.BuildCircuit();
        var noisy = new DeviceCompiler(ShippedProfiles.Load(Device)).Compile(circuit).Noisy;
        (_ideal, _noisy, _density, _trajectories) = (new(circuit), new(noisy), new(noisy), new(noisy));
        var random = new CounterRandom(1, 0);
        double[] Fill(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        (_inputs, _weights) = (Fill(circuit.InputCount), Fill(circuit.WeightCount));
        _idealFloats = new Buffers<float>(circuit, Batch, () => (float)random.NextDouble());
        _noisyFloats = new Buffers<float>(noisy.Circuit, Batch, () => (float)random.NextDouble());
    }

    [Benchmark(Baseline = true)]
    public void IdealGradient() => _idealFloats.Gradient(_ideal);

    [Benchmark]
    public void ExactNoisyGradient() => _noisyFloats.Gradient(_noisy);

    [Benchmark]
    public DensityMatrix DensityMatrixOfOne() => _density.Run(_inputs, _weights);

    [Benchmark]
    public TrajectoryEstimate TrajectoriesOfOne() => _trajectories.Estimate(_inputs, _weights, Trajectories, seed: 1);
}
