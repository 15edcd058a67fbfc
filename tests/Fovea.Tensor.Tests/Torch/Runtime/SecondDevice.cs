using System.Runtime.InteropServices;
using Fovea.Torch.Runtime;
using TorchSharp;

namespace Fovea.Tests.Torch.Runtime;

/// <summary>
/// A device beside the CPU that every machine has: libtorch's lazy tensors, which its own TorchScript computes. They have values, and most operations refuse to
/// take one of them with a tensor of the CPU: what runs here and gives the CPU's numbers makes its tensors where its networks are. The meta device would not
/// do:
/// in C++ it lacks convolutions, group norms, gathers and more, whose shapes PyTorch works out in Python. What is not refused here either: a scalar tensor of
/// the CPU, which meets any device by rule; and what libtorch hands to the CPU for want of a lazy form, such as a convolution's bias or the indices of a
/// scatter.
/// </summary>
internal static class SecondDevice
{
    private const int Lazy = 17; // c10::DeviceType

    private static readonly Lazy<torch.Device> s_device = new(Start);

    /// <summary>What computes there.</summary>
    internal static ComputeContext Compute => new(s_device.Value, 1, Precision.Full);

    /// <summary>One thread of the CPU.</summary>
    internal static ComputeContext Cpu => new(torch.CPU, 1, Precision.Full);

    /// <summary>Computes all that was asked for so far, once: what is only read is computed anew at every reading.</summary>
    internal static unsafe void Settle(ComputeContext compute)
    {
        if (compute.IsCpu) return;
        // LazyGraphExecutor::Get()->SyncLiveTensorsGraph(all devices, no names, wait)
        var executor = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(Library, "_ZN5torch4lazy17LazyGraphExecutor3GetEv"))();
        var name = "_ZN5torch4lazy17LazyGraphExecutor20SyncLiveTensorsGraphEPKNS0_13BackendDeviceEN3c108ArrayRefINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEEEb";
        ((delegate* unmanaged<nint, nint, nint, nint, byte, void>)NativeLibrary.GetExport(Library, name))(executor, 0, 0, 0, 1);
    }

    private static nint Library => NativeLibrary.Load("torch_cpu", typeof(torch).Assembly, null);

    private static unsafe torch.Device Start()
    {
        // torch::lazy::InitTorchScriptBackend(), which TorchSharp does not call.
        ((delegate* unmanaged<void>)NativeLibrary.GetExport(Library, "_ZN5torch4lazy22InitTorchScriptBackendEv"))();
        return new torch.Device((DeviceType)Lazy, 0);
    }
}
