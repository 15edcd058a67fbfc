using Fovea.Core;

namespace Fovea.Tests.Training;

/// <summary>Ends a run after a step of a stage: by cancelling it, or as if the process were killed there.</summary>
internal sealed class Interruption(string stage, long step, bool kill) : IProgress<ProgressUpdate>, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    internal CancellationToken Token => _source.Token;

    internal bool Happened { get; private set; }

    public void Report(ProgressUpdate value)
    {
        if (Happened || value.Task != stage || value.Done != step) return;
        Happened = true;
        if (kill) throw new KilledException();
        _source.Cancel();
    }

    public void Dispose() => _source.Dispose();

    /// <summary>Passes through the program as a kill would: nothing there catches it, nothing is saved on its way.</summary>
    internal sealed class KilledException : Exception;
}
