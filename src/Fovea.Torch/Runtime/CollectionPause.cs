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

    // The collector is the process's, so its pauses have to be counted for the process: whoever ends first must not end another's.
    private static readonly Lock Gate = new();
    private static int s_running;
    private static bool s_started;

    /// <summary>
    /// Runs the work in a pause. A pause inside another, or on another thread meanwhile, is part of the one that was first; it lasts
    /// until the last of them ends.
    /// </summary>
    public static T Run<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (Gate)
        {
            // To begin a pause may collect: only while nobody works on tensors.
            if (s_running == 0) s_started = GC.TryStartNoGCRegion(Budget);
            s_running++;
        }

        try
        {
            return work();
        }
        finally
        {
            lock (Gate)
            {
                s_running--;
                if (s_running == 0 && s_started) End();
            }
        }
    }

    private static void End()
    {
        try
        {
            GC.EndNoGCRegion();
        }
        catch (InvalidOperationException)
        {
            // It was over already, because more than the budget was allocated. To ask the collector's mode first is not enough: between
            // such an end and this call the mode is back while the next pause would be refused as one that is in progress.
        }
    }
}
