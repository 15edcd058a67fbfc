using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fovea.Cli.Benchmarks;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Judges.Features.Onnx;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Planning;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Fovea.Cli.Diagnosis;

/// <summary>A folder that the program writes into.</summary>
/// <param name="Use">What for.</param>
/// <param name="Path">Where, without what tells of its owner.</param>
/// <param name="IsWritable">Whether it is, or can be made.</param>
/// <param name="Free">Bytes free on its disk; null where the system does not say.</param>
/// <param name="Remedy">What else can be done where it is not.</param>
internal sealed record FolderFacts(string Use, string Path, bool IsWritable, long? Free, string Remedy)
{
    /// <summary>Looks at a folder, or, where there is none yet, at the nearest one that it would be made in. Leaves nothing behind.</summary>
    internal static FolderFacts Check(string use, string path, string remedy, PersonalText personal)
    {
        var nearest = System.IO.Path.GetFullPath(path);
        while (!System.IO.Path.Exists(nearest) && System.IO.Path.GetDirectoryName(nearest) is { } parent) nearest = parent;
        return new(
            use,
            personal.Shorten(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path))),
            IsFolderWritable(nearest), FreeBytes(nearest), remedy);
    }

    private static bool IsFolderWritable(string folder)
    {
        try
        {
            OutputFolder.Prepare(folder, force: true);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>A library that is not written in C#, which a machine may be unable to load.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Use">What it is needed for.</param>
/// <param name="Version">What it says of itself; null where it cannot be loaded.</param>
/// <param name="Failure">Why it cannot be loaded, one line; null where it can.</param>
internal sealed record LibraryFacts(string Name, string Use, string? Version, string? Failure)
{
    /// <summary>The tensor library.</summary>
    /// <param name="threads">Threads of one operation.</param>
    /// <param name="refusal">Why the one that is asked for cannot be used; null where it can.</param>
    internal static LibraryFacts Torch(int threads, string? refusal)
    {
        var wrapper = $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}";
        return Try("libtorch", "training, sampling and judging", () =>
        {
            if (refusal is not null) throw new InputException($"{refusal}");
            TorchRuntime.Initialize(threads);
            return $"{string.Join('.', Loaded.Torch().Split('.').Take(3))} ({wrapper})";
        });
    }

    internal static LibraryFacts Vips() => Try("libvips", "reading photographs", Loaded.Vips);

    internal static LibraryFacts Onnx() => Try("ONNX Runtime", "your own networks in evaluate and grade", Loaded.Onnx);

    private static LibraryFacts Try(string name, string use, Func<string> load)
    {
        try
        {
            return new(name, use, load(), null);
        }
        catch (Exception e) when (e is InputException or TypeInitializationException or DllNotFoundException
            or EntryPointNotFoundException or BadImageFormatException or IOException or NotSupportedException)
        {
            return new(name, use, null, e is InputException ? e.Message : LoaderMessage.Cause(e));
        }
    }

    // Not inlined: a missing assembly would otherwise fail the caller's own compilation, outside the try.
    private static class Loaded
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        internal static string Torch() => torch.__version__;

        [MethodImpl(MethodImplOptions.NoInlining)]
        internal static string Vips() => $"{NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}";

        [MethodImpl(MethodImplOptions.NoInlining)]
        internal static string Onnx()
        {
            OnnxLibrary.Quieten();
            return OrtEnv.Instance().GetVersionString();
        }
    }
}

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
