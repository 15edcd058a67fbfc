using System.Diagnostics;
using Fovea.Cli.Benchmarks;
using Fovea.Core;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Planning;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;

namespace Fovea.Cli.Diagnosis;

/// <summary>
/// How fast this machine is at what trainings spend their time on, measured in some seconds: enough to tell a fault, not to compare versions.
/// </summary>
/// <param name="Threads">Threads of everything.</param>
/// <param name="Convolution">Convolution in float32, 10⁹ operations a second, forward and backward; a product with its sum counts as two.</param>
/// <param name="MixedConvolution">The same in bfloat16; null where the processor has no instructions for it.</param>
/// <param name="Circuits">Vector-Jacobian products of <see cref="Circuit"/>, circuits a second; measurable without the tensor library.</param>
/// <param name="Circuit">Which circuit.</param>
/// <param name="Engine">What computes it.</param>
/// <param name="Seconds">What the check took.</param>
internal sealed record SpeedCheck(int Threads, double? Convolution, double? MixedConvolution, double Circuits, string Circuit, string Engine, double Seconds)
{
    private const string Ansatz = "ese2-recon";
    private const int CircuitBatch = 4096;
    private const int WarmingBatch = 64;

    // A layer of the size that denoisers are made of.
    private const int Channels = 128;
    private const int Side = 16;
    private const int ImageBatch = 32;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    /// <summary>Measures.</summary>
    /// <param name="threads">Threads; the tensor library has them already.</param>
    /// <param name="withTensors">Whether the tensor library can be used.</param>
    /// <param name="progress">Told of each measurement.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static SpeedCheck Measure(int threads, bool withTensors, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        void Report(int done) => progress.Report(new ProgressUpdate("speed", done, 3, "measurements"));
        var spec = new QuantumLayerSpec();
        var plan = new EnginePlanner(CircuitBatch, isDouble: false).Plan(spec.BuildCircuit(AnsatzRegistry.Resolve(Ansatz)));
        // Many small calls first: the run-time compiler counts calls, and works beside the convolutions.
        EngineRate.Measure(plan.CreateEngine<float>(threads), WarmingBatch, Each, cancellation);
        double? full = withTensors ? Convolve(Precision.Full, cancellation) : null;
        Report(1);
        double? mixed = withTensors && Precisions.HasFastBFloat16 ? Convolve(Precision.Mixed, cancellation) : null;
        Report(2);
        var rate = EngineRate.Measure(plan.CreateEngine<float>(threads), CircuitBatch, Each, cancellation);
        Report(3);
        return new(
            threads, full, mixed, rate.Gradient, $"{Ansatz}, {spec.Qubits} qubits, {spec.Layers} layers", plan.Chosen.Name,
            Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static double Convolve(Precision precision, CancellationToken cancellation)
    {
        using var layer = new PaddedConvolution(Channels, Channels) { Precision = precision };
        var products = (double)ImageBatch * Side * Side * Channels * layer.Weight.numel() / Channels;
        return 6e-9 * products / LayerTimes.Shortest(layer, [ImageBatch, Channels, Side, Side], Each, cancellation);
    }
}
