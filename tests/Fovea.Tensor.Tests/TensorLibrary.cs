using Fovea.Torch.Runtime;

[assembly: AssemblyFixture(typeof(Fovea.Tests.TensorLibrary))]

namespace Fovea.Tests;

/// <summary>
/// Starts the tensor library before the first test as a command does, for memory that is kept and not asked of the system for every tensor. One thread an
/// operation: test classes run side by side, and threads of several would wait for each other.
/// </summary>
public sealed class TensorLibrary
{
    public TensorLibrary() => TorchRuntime.Initialize(1);
}
