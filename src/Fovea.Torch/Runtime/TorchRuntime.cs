using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fovea.Core;
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
        Load(() =>
        {
            set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
            ExponentialConstants.Read();
        });
    }

    /// <summary>Loads the library and leaves its threads as they are: for a look beside work that goes on.</summary>
    /// <exception cref="InputException">The library cannot be loaded here.</exception>
    public static void EnsureLoaded()
    {
        AllocatorTuning.Apply();
        Load(static () => { });
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
                $"the tensor library cannot be loaded ({LoaderMessage.Cause(e)}); "
                    + $"needed: the program's own folder complete, on Linux (glibc), Windows or macOS",
                e);
        }
    }

    // Before TorchSharp does it: when its own attempt fails it prints pages, copies half a gigabyte and hides the loader's reason.
    private static void LoadNativeLibraries()
    {
        ThreadWaiting.Shorten();
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

/// <summary>
/// Keeps NNPACK, a library of convolutions inside libtorch, switched off: on processors that it does not know, libtorch says so on standard error, again and
/// again and from every thread. Nothing is lost: there it is not used, and elsewhere oneDNN comes before it.
/// </summary>
internal static unsafe class NativeLog
{
    /// <summary>
    /// Loads libtorch if nothing has yet, and switches NNPACK off. Does nothing where it cannot be loaded or does not export the switch. Cheap: it is called
    /// wherever a layer is made, too, for programs that never call <see cref="TorchRuntime.Initialize"/>.
    /// </summary>
    internal static void Quieten()
    {
        ThreadWaiting.Shorten();
        // Elsewhere NNPACK may be the fastest that there is.
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library)) return;
        // at::globalContext() and at::Context::setUserEnabledNNPACK(bool), which TorchSharp does not call.
        if (!NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var globalContext)) return;
        if (!NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out var setUserEnabled)) return;
        var context = ((delegate* unmanaged<IntPtr>)globalContext)();
        ((delegate* unmanaged<IntPtr, byte, void>)setUserEnabled)(context, 0);
    }
}

/// <summary>
/// Reads the constants of libtorch's exponential, on which SiLU and sigmoid rest. With 512-bit registers it loads infinity under a mask that is empty unless
/// a number overflows, and a load under an empty mask never touches its page. On a virtual machine (AMD Zen 5) each such load was slow, 3.2 ms for SiLU of
/// 262,144 numbers and nearly half of a training's time, until one number overflowed: 0.07 ms from then on, in every process.
/// </summary>
internal static class ExponentialConstants
{
    private const float Overflows = -200;
    private const int Enough = 64; // numbers, so that whole registers are used

    internal static void Read()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using Scalar value = Overflows;
        full([Enough], value).sigmoid();
    }
}

/// <summary>
/// Has the tensor library's threads sleep soon where they wait for each other. By default each turns in a circle for milliseconds first, and where other work
/// wants the processors the one that is waited for does not get one: drawing images beside two other programs took four times as long.
/// </summary>
internal static class ThreadWaiting
{
    /// <summary>GNU OpenMP's setting, in turns of its loop: some tens of microseconds. It reads it once, when it is loaded.</summary>
    private const string Setting = "GOMP_SPINCOUNT";

    private const string Turns = "1000";

    /// <summary>Does so on Linux with glibc, unless the user has said how threads wait; for the library that is loaded later.</summary>
    internal static void Shorten()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null) NativeEnvironment.SetUnlessSet(Setting, Turns);
    }
}

/// <summary>
/// Lets glibc keep freed memory. By default it returns large blocks to the system after every tensor operation, and the next
/// operation pays for fresh pages. The price is that the process keeps its peak memory until it ends.
/// </summary>
internal static partial class AllocatorTuning
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    // A value of −1 switches the trimming off (mallopt(3)).
    private const int Never = -1;
    private const int Growth = 256 << 20;

    /// <summary>Applies the tuning on Linux with glibc; does nothing elsewhere. Returns whether it was applied.</summary>
    internal static bool Apply()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return SetOption(MmapMax, 0) == 1 & SetOption(TrimThreshold, Never) == 1 & SetOption(TopPad, Growth) == 1;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    // The full name: libc.so is a linker script where development files are installed, and musl has no such library.
    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
