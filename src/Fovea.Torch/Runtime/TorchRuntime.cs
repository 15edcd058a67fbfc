using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fovea.Core.Errors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Runtime;

/// <summary>
/// Start-up of the tensor library. Nothing is loaded before the first call, so that commands without tensors stay light.
/// </summary>
public static class TorchRuntime
{
    private const int MaximalThreads = 1024;

    /// <summary>
    /// Loads the library, sets its threads and tunes the memory allocator (see <see cref="AllocatorTuning"/>). Call it once,
    /// before the first tensor; a second call only sets the threads. <see cref="ComputeContext.Start"/> calls it.
    /// </summary>
    /// <param name="threads">Threads for one operation, 0 to 1,024; 0 takes one for each processor.</param>
    /// <exception cref="InputException">The number is out of range, or the library cannot be loaded here.</exception>
    public static void Initialize(int threads = 0)
    {
        if (threads is < 0 or > MaximalThreads)
            throw new InputException($"threads: {threads} is not allowed; allowed: 0 (one for each processor) to {MaximalThreads}");
        AllocatorTuning.Apply();
        Load(() => set_num_threads(threads == 0 ? Environment.ProcessorCount : threads));
    }

    // Not inlined: a missing assembly would otherwise fail the caller's own compilation, outside the try.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Load(Action use)
    {
        try
        {
            LoadNativeLibraries();
            use();
        }
        catch (Exception e) when (IsLoadFailure(e))
        {
            throw new InputException(
                $"the tensor library cannot be loaded ({LoaderMessage.Cause(e)}); needed: the program's own folder complete, on Linux (glibc), Windows or macOS", e);
        }
    }

    // Before TorchSharp does it: when its own attempt fails it prints pages, copies half a gigabyte and hides the loader's reason.
    private static void LoadNativeLibraries()
    {
        var assembly = typeof(torch).Assembly;
        NativeLibrary.Load("torch_cpu", assembly, null);
        NativeLibrary.Load("LibTorchSharp", assembly, null);
        NativeLog.Quieten();
    }

    private static bool IsLoadFailure(Exception e) =>
        e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
            or NotSupportedException or FileNotFoundException or FileLoadException;
}

/// <summary>What the system says when a library cannot be loaded.</summary>
public static class LoaderMessage
{
    /// <summary>The cause in one line. The loader's message lists every place that was tried; the place where a file was found and refused says why.</summary>
    /// <param name="failure">What loading threw.</param>
    public static string Cause(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        while (failure is TypeInitializationException && failure.InnerException is { } inner) failure = inner;
        var lines = failure.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var refused = lines.Skip(1).FirstOrDefault(line => !line.EndsWith("No such file or directory", StringComparison.Ordinal));
        return refused ?? lines.FirstOrDefault()?.Split(". ")[0] ?? failure.GetType().Name;
    }
}
