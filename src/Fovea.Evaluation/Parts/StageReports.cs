using Fovea.Core;

namespace Fovea.Evaluation.Parts;

/// <summary>Tells of stages that have no steps of their own.</summary>
/// <param name="progress">Told when one begins and when it has ended.</param>
/// <param name="cancellation">Stops before one begins.</param>
internal sealed class StageReports(IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    public T Of<T>(string stage, Func<T> measure)
    {
        progress?.Report(new ProgressUpdate(stage, 0, 1, "steps"));
        cancellation.ThrowIfCancellationRequested();
        var result = measure();
        progress?.Report(new ProgressUpdate(stage, 1, 1, "steps"));
        return result;
    }
}
