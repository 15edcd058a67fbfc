using System.Runtime.InteropServices;

namespace Fovea.Torch.Runtime;

/// <summary>
/// Keeps NNPACK, a library of convolutions inside libtorch, switched off: on processors that it does not know, libtorch says so on standard error at every
/// convolution of every thread. Nothing is lost: there it is not used, and elsewhere oneDNN comes before it.
/// </summary>
internal static unsafe class NativeLog
{
    /// <summary>To be called once libtorch is loaded. Does nothing where the library does not export the switch.</summary>
    internal static void Quieten(IntPtr torch)
    {
        // Elsewhere than on Linux NNPACK may be the fastest that there is.
        if (!OperatingSystem.IsLinux()) return;
        // at::globalContext() and at::Context::setUserEnabledNNPACK(bool), which TorchSharp does not call.
        if (!NativeLibrary.TryGetExport(torch, "_ZN2at13globalContextEv", out var globalContext)) return;
        if (!NativeLibrary.TryGetExport(torch, "_ZN2at7Context20setUserEnabledNNPACKEb", out var setUserEnabled)) return;
        var context = ((delegate* unmanaged<IntPtr>)globalContext)();
        ((delegate* unmanaged<IntPtr, byte, void>)setUserEnabled)(context, 0);
    }
}
