using System.Runtime;

namespace Fovea.Torch.Runtime;

/// <summary>
/// Holds the garbage collector off while tensors are worked on, and lets it run at a moment when no native call is under way.
/// TorchSharp's wrappers do not keep scalars alive during a call (a collection in that window frees them under the library), so
/// a training step or a sampling batch runs inside one pause. Managed memory in a step is small: the pause ends early only
/// when a step allocates more than <see cref="Budget"/>.
/// </summary>
public static class CollectionPause
{
    /// <summary>Managed bytes that may be allocated in one pause.</summary>
    public const long Budget = 128L << 20;

    /// <summary>Runs the work in a pause; pauses do not nest, an inner one is part of the outer.</summary>
    public static T Run<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var started = GCSettings.LatencyMode != GCLatencyMode.NoGCRegion && GC.TryStartNoGCRegion(Budget);
        try
        {
            return work();
        }
        finally
        {
            if (started && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
    }
}
