using System.Runtime.InteropServices;
using TorchSharp;

namespace Fovea.Torch.Runtime;

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
        // Elsewhere NNPACK may be the fastest that there is.
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library)) return;
        // at::globalContext() and at::Context::setUserEnabledNNPACK(bool), which TorchSharp does not call.
        if (!NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var globalContext)) return;
        if (!NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out var setUserEnabled)) return;
        var context = ((delegate* unmanaged<IntPtr>)globalContext)();
        ((delegate* unmanaged<IntPtr, byte, void>)setUserEnabled)(context, 0);
    }
}
