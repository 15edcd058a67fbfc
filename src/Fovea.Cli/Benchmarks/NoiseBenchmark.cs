using System.Diagnostics;
using System.Globalization;
using Fovea.Core;
using Fovea.Core.Random;
using Fovea.Devices.Compilation;
using Fovea.Devices.Profiles;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Cli.Benchmarks;

/// <summary>
/// What a device's noise costs: the trigonometric engine with and without it, in one run on one thread, and the two other ways to noise.
/// A gradient's time is parted by two batch sizes into what each sample takes and what each call takes, new weights included.
/// </summary>
internal sealed class NoiseBenchmark
{
    private const int SmallBatch = 64;
    private const int Trajectories = 20;
    private const string Header =
        "ansatz,qubits,layers,batch,device,engine,sample_ns,ideal_sample_ns,sample_ratio,call_us,ideal_call_us,call_ratio,"
            + "gradient_circuits_per_s,ideal_gradient_circuits_per_s,plan_s,noise_operations,density_circuits_per_s,trajectories_per_s";

    internal required IReadOnlyList<string> Ansaetze { get; init; }

    internal required IReadOnlyList<int> Qubits { get; init; }

    internal required IReadOnlyList<string> Profiles { get; init; }

    internal required int Layers { get; init; }

    internal required int Batch { get; init; }

    /// <summary>Measures everything in about <paramref name="total"/>.</summary>
    internal IReadOnlyList<string> Run(TimeSpan total, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        if (Batch <= SmallBatch) throw new Core.Errors.InputException($"--batch {Batch} is not allowed; allowed: more than {SmallBatch}");
        var cells = (from ansatz in Ansaetze.Select(AnsatzRegistry.Resolve) from qubits in Qubits from profile in Profiles select (ansatz, qubits, profile))
            .ToList();
        var lines = new List<string> { Header };
        foreach (var (ansatz, qubits, profile) in cells)
        {
            lines.Add(Line(ansatz, qubits, ShippedProfiles.Load(profile), total / cells.Count, cancellation));
            progress.Report(new ProgressUpdate("noise", lines.Count - 1, cells.Count, "measurements"));
        }

        return lines;
    }

    private string Line(Ansatz ansatz, int qubits, DeviceProfile profile, TimeSpan time, CancellationToken cancellation)
    {
        var circuit = new QuantumLayerSpec { Qubits = qubits, Layers = Layers }.BuildCircuit(ansatz);
        var compiled = new DeviceCompiler(profile).Compile(circuit);
        var ideal = Parts.Measure(new TrigonometricEngine<float>(circuit), Batch, time / 3, cancellation);
        var start = Stopwatch.GetTimestamp();
        if (TrigonometricEngine.TryCreate<float>(compiled.Noisy, 1, out var reason) is not { } engine)
        {
            var figures = new string(',', Header.Count(sign => sign == ',') - 5);
            return $"{ansatz.Name},{qubits},{Layers},{Batch},{profile.Name},\"{reason.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{figures}";
        }

        var plan = Stopwatch.GetElapsedTime(start);
        var noisy = Parts.Measure(engine, Batch, time / 3, cancellation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ansatz.Name},{qubits},{Layers},{Batch},{profile.Name},trigonometric,"
            + $"{noisy.Sample * 1e9:F0},{ideal.Sample * 1e9:F0},{noisy.Sample / ideal.Sample:F2},"
            + $"{noisy.Call * 1e6:F0},{ideal.Call * 1e6:F0},{noisy.Call / ideal.Call:F2},"
            + $"{Batch / noisy.Whole:F0},{Batch / ideal.Whole:F0},{plan.TotalSeconds:F2},{compiled.Report.NoiseOperations},"
            + $"{DensityRate(compiled):G3},{TrajectoryRate(compiled):G4}");
    }

    private static double DensityRate(CompiledCircuit compiled)
    {
        if (compiled.Noisy.Circuit.WireCount > 6) return double.NaN;
        var (inputs, weights) = Numbers(compiled.Noisy.Circuit);
        var engine = new DensityMatrixEngine(compiled.Noisy);
        engine.Run(inputs, weights);
        var start = Stopwatch.GetTimestamp();
        engine.Run(inputs, weights);
        return 1 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double TrajectoryRate(CompiledCircuit compiled)
    {
        var (inputs, weights) = Numbers(compiled.Noisy.Circuit);
        var simulator = new TrajectorySimulator(compiled.Noisy);
        simulator.Estimate(inputs, weights, Trajectories, seed: 1);
        var start = Stopwatch.GetTimestamp();
        simulator.Estimate(inputs, weights, Trajectories, seed: 2);
        return Trajectories / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static (double[] Inputs, double[] Weights) Numbers(Circuit circuit)
    {
        var random = new CounterRandom(1, 0);
        double[] Fill(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble(-3, 3))];
        return (Fill(circuit.InputCount), Fill(circuit.WeightCount));
    }

    /// <summary>Seconds of a gradient: the whole call, each further sample, and what is left for the call itself.</summary>
    private sealed record Parts(double Whole, double Sample, double Call)
    {
        internal static Parts Measure(IExpectationEngine<float> engine, int batch, TimeSpan time, CancellationToken cancellation)
        {
            // The small batch first and last: in the first round the run-time compiler is still at work.
            EngineRate.Measure(engine, SmallBatch, time / 4, cancellation);
            var large = batch / EngineRate.Measure(engine, batch, time / 2, cancellation).Gradient;
            var small = SmallBatch / EngineRate.Measure(engine, SmallBatch, time / 4, cancellation).Gradient;
            var sample = (large - small) / (batch - SmallBatch);
            return new(large, sample, small - (SmallBatch * sample));
        }
    }
}
