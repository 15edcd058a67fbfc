using System.Runtime.CompilerServices;
using Fovea.Torch.Runtime;

namespace Fovea.Tests.Torch;

/// <summary>Tests that look at the process's memory or at its threads' settings: nothing may run beside them.</summary>
[CollectionDefinition(nameof(MemoryMeasurements), DisableParallelization = true)]
public class MemoryMeasurements
{
    // As every program of ours starts: a test may be the first to make a tensor.
    [ModuleInitializer]
    internal static void Start() => TorchRuntime.Initialize();
}
