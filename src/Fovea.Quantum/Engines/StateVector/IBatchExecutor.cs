using System.Numerics;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>Runs calls with one register width, which its implementation fixes.</summary>
internal interface IBatchExecutor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs a call; <paramref name="weightGradients"/> is empty in a forward call.</summary>
    void Run(BatchCall<T> call, ReadOnlySpan<T> weights, Span<T> weightGradients, int threads);
}
