using System.Globalization;
using System.Runtime.InteropServices;
using Fovea.Core.Errors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Runtime;

/// <summary>
/// What a command computes with: the device of its tensors, the threads of the tensor library, what convolutions multiply in. The command that the user gave
/// makes it once and hands it down. Networks are made on the CPU, so that their first values are the same everywhere, and put on the device; whatever works
/// with a network makes its tensors where the network is.
/// </summary>
/// <param name="Device">Where tensors are.</param>
/// <param name="Threads">Threads of one operation on the CPU, at least 1.</param>
/// <param name="Precision">What convolutions of a training multiply in.</param>
public sealed record ComputeContext(Device Device, int Threads, Precision Precision)
{
    /// <summary>
    /// Loads the tensor library, sets its threads, and finds the device. A second call, by a program that uses a part of this as a library, sets the threads
    /// anew.
    /// </summary>
    /// <param name="threads">Threads for one operation, 0 to 1,024; 0 takes one for each processor.</param>
    /// <param name="device">A name as <see cref="ComputeDevices"/> has them.</param>
    /// <param name="precision">A name out of <see cref="Precisions.Names"/>.</param>
    /// <exception cref="InputException">A setting is out of its range, the library cannot be loaded here, or there is no such device here; one
    /// line.</exception>
    public static ComputeContext Start(int threads = 0, string device = ComputeDevices.Automatic, string precision = Precisions.Automatic)
    {
        ComputeDevices.Require(device);
        TorchRuntime.Initialize(threads);
        return new ComputeContext(ComputeDevices.Choose(device, CudaFindings.Here(device)), get_num_threads(), Precision.Full).With(precision);
    }

    /// <summary>Whether tensors are in the memory that spans can read.</summary>
    public bool IsCpu => Device.type == DeviceType.CPU;

    /// <summary>The same with a precision by its name. What is left to the machine is float32 on a GPU, where nothing was measured yet.</summary>
    /// <param name="precision">A name out of <see cref="Precisions.Names"/>.</param>
    public ComputeContext With(string precision) =>
        this with { Precision = precision == Precisions.Automatic && !IsCpu ? Precision.Full : Precisions.Parse(precision) };
}

/// <summary>Devices by name, in settings and options.</summary>
public static class ComputeDevices
{
    /// <summary>The name that takes a GPU where the tensor library has one, and else the CPU.</summary>
    public const string Automatic = "auto";

    /// <summary>What a name may be.</summary>
    public const string Allowed = "auto, cpu, cuda, cuda:N";

    private const string Cpu = "cpu";
    private const string Cuda = "cuda";

    /// <summary>The name without a number, as a run records it: which of a machine's GPUs it was means nothing on another.</summary>
    public static string Kind(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split(':')[0];
    }

    /// <summary>The name of a device's kind.</summary>
    public static string Name(this Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? Cpu : device.type == DeviceType.CUDA ? Cuda : device.ToString();
    }

    /// <summary>Whether it is the name of a device; says nothing of whether this machine has it.</summary>
    public static bool IsName(string name) => name is Automatic or Cpu or Cuda || NumberOf(name) is not null;

    /// <summary>Throws for what is no name of a device.</summary>
    /// <exception cref="InputException">One line with the allowed names.</exception>
    public static void Require(string name)
    {
        if (!IsName(name)) throw new InputException($"device: '{name}' is not allowed; allowed: {Allowed}{NearestName.Hint(name, [Automatic, Cpu, Cuda])}");
    }

    /// <summary>The device of a name.</summary>
    /// <param name="name">One for which <see cref="IsName"/> holds.</param>
    /// <param name="found">What the machine has.</param>
    /// <exception cref="InputException">The machine has no such device.</exception>
    public static Device Choose(string name, CudaFindings found)
    {
        if (name == Cpu || (name == Automatic && found.Gpus == 0)) return CPU;
        var number = NumberOf(name) ?? 0;
        return number < found.Gpus
            ? new Device(DeviceType.CUDA, number)
            : throw new InputException($"device = \"{name}\" ({new NamedInput("Device")}): {found.Lack}");
    }

    private static int? NumberOf(string name) =>
        name.StartsWith(Cuda + ":", StringComparison.Ordinal) && int.TryParse(
            name.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>What there is to compute on beside the CPU.</summary>
/// <param name="IsBuilt">Whether the tensor library has its CUDA part and it can be loaded.</param>
/// <param name="Gpus">GPUs that it sees.</param>
public sealed record CudaFindings(bool IsBuilt, int Gpus)
{
    /// <summary>Why there is not the GPU that is asked for, and what is needed.</summary>
    public string Lack => Gpus switch
    {
        > 1 => $"this machine has {Gpus} GPUs; allowed here: auto, cpu, cuda, "
            + string.Join(", ", Enumerable.Range(0, Gpus).Select(number => $"cuda:{number}")),
        1 => "this machine has one GPU; allowed here: auto, cpu, cuda, cuda:0",
        _ => $"{Missing}; allowed here: auto, cpu",
    };

    /// <summary>Why there is no GPU, and what is needed; of a machine that has one it says nothing of worth.</summary>
    public string Missing => IsBuilt
        ? "the tensor library has its CUDA part and sees no GPU; needed: an NVIDIA GPU, its driver, and a CUDA_VISIBLE_DEVICES that does not hide it"
        : "the tensor library in use is for the CPU alone; needed: a machine with an NVIDIA GPU and a libtorch with CUDA "
            + "(fovea --libtorch DIR, or a build with -p:TorchBackend=cuda)";

    /// <summary>
    /// What is here; nothing is looked for where the CPU is asked for. The tensor library must have been loaded (<see cref="TorchRuntime.Initialize"/>).
    /// </summary>
    /// <param name="device">A name of <see cref="ComputeDevices"/>.</param>
    public static CudaFindings Here(string device)
    {
        // TorchSharp's own attempt, where there is no such library, prints pages.
        if (device == "cpu" || !HasLibrary()) return new CudaFindings(false, 0);
        return new CudaFindings(true, TryInitializeDeviceType(DeviceType.CUDA) && cuda_is_available() ? cuda.device_count() : 0);
    }

    private static bool HasLibrary()
    {
        try
        {
            return NativeLibrary.TryLoad("torch_cuda", typeof(torch).Assembly, null, out _);
        }
        catch (DllNotFoundException)
        {
            // So says who loads another libtorch for us that has no such part.
            return false;
        }
    }
}

/// <summary>Where networks are.</summary>
public static class NetworkDevices
{
    /// <summary>
    /// Puts a network that was made on the CPU on the device of a context, where there is one, and returns it. On another device it has other parameters: call
    /// it before anything else takes hold of them.
    /// </summary>
    public static TNetwork On<TNetwork>(this TNetwork network, ComputeContext? compute) where TNetwork : nn.Module
    {
        ArgumentNullException.ThrowIfNull(network);
        if (compute is { IsCpu: false }) network.to(compute.Device);
        return network;
    }

    /// <summary>The device that a network's parameters are on: that of all tensors which meet it.</summary>
    public static Device Device(this nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.parameters().First().device;
    }
}
