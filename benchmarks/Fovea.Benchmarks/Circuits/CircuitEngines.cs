using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Fovea.Core.Random;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;

namespace Fovea.Benchmarks.Circuits;

/// <summary>The engines against their slow twin: expectations and gradients of a batch of circuits, one thread.</summary>
[MemoryDiagnoser, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
public class CircuitEngines
{
    private const int Layers = 3;
    private const int Batch = 256;
    private StateVectorEngine<float> _single = null!;
    private TrigonometricEngine<float> _trigonometric = null!;
    private UnitaryEngine<float> _unitary = null!;
    private StateVectorEngine<double> _double = null!;
    private ReferenceEngine _reference = null!;
    private Buffers<float> _floats = null!;
    private Buffers<double> _doubles = null!;

    [Params(4, 6, 8)]
    public int Qubits { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var circuit = new QuantumLayerSpec { Qubits = Qubits, Layers = Layers }.BuildCircuit();
        (_single, _double, _reference) = (new(circuit), new(circuit), new(circuit));
        (_trigonometric, _unitary) = (new(circuit), new(circuit));
        var random = new CounterRandom(1, 0);
        _doubles = new Buffers<double>(circuit, Batch, () => random.NextDouble());
        _floats = new Buffers<float>(circuit, Batch, () => (float)random.NextDouble());
    }

    [Benchmark(Baseline = true), BenchmarkCategory("forward")]
    public void ReferenceForward() => _doubles.Forward(_reference);

    [Benchmark, BenchmarkCategory("forward")]
    public void DoubleForward() => _doubles.Forward(_double);

    [Benchmark, BenchmarkCategory("forward")]
    public void SingleForward() => _floats.Forward(_single);

    [Benchmark, BenchmarkCategory("forward")]
    public void TrigonometricForward() => _floats.Forward(_trigonometric);

    [Benchmark, BenchmarkCategory("forward")]
    public void UnitaryForward() => _floats.Forward(_unitary);

    [Benchmark(Baseline = true), BenchmarkCategory("gradient")]
    public void ReferenceGradient() => _doubles.Gradient(_reference);

    [Benchmark, BenchmarkCategory("gradient")]
    public void DoubleGradient() => _doubles.Gradient(_double);

    [Benchmark, BenchmarkCategory("gradient")]
    public void SingleGradient() => _floats.Gradient(_single);

    [Benchmark, BenchmarkCategory("gradient")]
    public void TrigonometricGradient() => _floats.Gradient(_trigonometric);

    [Benchmark, BenchmarkCategory("gradient")]
    public void UnitaryGradient() => _floats.Gradient(_unitary);
}
