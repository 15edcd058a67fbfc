using System.Runtime.CompilerServices;
using Fovea.Torch.Runtime;

namespace Fovea.Tests.Torch;

/// <summary>
/// Tests beside which nothing may run: those that look at the process's memory or at its threads' settings, and those that build and train networks. Of the
/// latter one in some thousands failed beside others, whose collections free temporaries of the tensor library within its calls.
/// </summary>
[CollectionDefinition(nameof(MemoryMeasurements), DisableParallelization = true)]
public class MemoryMeasurements
{
    // As every program of ours starts: a test may be the first to make a tensor. One thread, because tests run side by side, and threads of one operation
    // that wait for each other on a busy machine burn more time than small tensors take.
    [ModuleInitializer]
    internal static void Start() => TorchRuntime.Initialize(1);
}
