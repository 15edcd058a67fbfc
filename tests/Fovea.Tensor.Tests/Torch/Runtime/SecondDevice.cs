using System.Runtime.InteropServices;
using Fovea.Torch.Runtime;
using TorchSharp;

namespace Fovea.Tests.Torch.Runtime;

/// <summary>
/// A device beside the CPU that every machine has: libtorch's lazy tensors, which its own TorchScript computes. They have values, and most operations refuse to
/// take one of them with a tensor of the CPU: what runs here and gives the CPU's numbers makes its tensors where its networks are. The meta device would not do:
/// in C++ it lacks convolutions, group norms, gathers and more, whose shapes PyTorch works out in Python. What is not refused here either: a scalar tensor of
/// the CPU, which meets any device by rule; and what libtorch hands to the CPU for want of a lazy form, such as a convolution's bias or the indices of a scatter.
/// </summary>
internal static class SecondDevice
{
    private const int Lazy = 17; // c10::DeviceType

    private static readonly Lazy<torch.Device> s_device = new(Start);

    /// <summary>What computes there.</summary>
    internal static ComputeContext Compute => new(s_device.Value, 1, Precision.Full);

    /// <summary>One thread of the CPU.</summary>
    internal static ComputeContext Cpu => new(torch.CPU, 1, Precision.Full);

    private static unsafe torch.Device Start()
    {
        var library = NativeLibrary.Load("torch_cpu", typeof(torch).Assembly, null);
        // torch::lazy::InitTorchScriptBackend(), which TorchSharp does not call.
        ((delegate* unmanaged<void>)NativeLibrary.GetExport(library, "_ZN5torch4lazy22InitTorchScriptBackendEv"))();
        return new torch.Device((DeviceType)Lazy, 0);
    }
}
