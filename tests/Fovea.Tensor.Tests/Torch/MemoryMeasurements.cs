using System.Runtime.CompilerServices;
using Fovea.Torch.Runtime;

namespace Fovea.Tests.Torch;

/// <summary>
/// Tests that look at the whole process's memory or set its threads: nothing may run beside them. Tests that count a thread's own live tensors are
/// none of them, for nobody else works on that thread.
/// </summary>
[CollectionDefinition(nameof(MemoryMeasurements), DisableParallelization = true)]
public class MemoryMeasurements
{
    // As every program of ours starts: a test may be the first to make a tensor. One thread, because tests run side by side, and threads of one operation
    // that wait for each other on a busy machine burn more time than small tensors take.
    [ModuleInitializer]
    internal static void Start() => TorchRuntime.Initialize(1);
}
