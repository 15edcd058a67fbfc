namespace Fovea.Core;

/// <summary>One report of long work.</summary>
/// <param name="Task">What is being done, in two or three words.</param>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all; 0 when not known.</param>
/// <param name="Unit">The unit's name in the plural: files, steps, images.</param>
/// <param name="Detail">Figures beside the bar (losses, skipped files); may be empty.</param>
public readonly record struct ProgressUpdate(string Task, long Done, long Total, string Unit, string Detail = "");

/// <summary>Tells the reports of a part as reports of the whole.</summary>
/// <param name="whole">Told of the whole.</param>
/// <param name="before">Units of the whole that are finished before this part.</param>
/// <param name="total">Units of the whole.</param>
public sealed class PartProgress(IProgress<ProgressUpdate> whole, long before, long total) : IProgress<ProgressUpdate>
{
    /// <summary>What the whole is called; null for what the part is called.</summary>
    public string? Task { get; init; }

    /// <summary>What stands beside the figures; null for what stands beside the part's.</summary>
    public string? Detail { get; init; }

    /// <inheritdoc/>
    public void Report(ProgressUpdate value) =>
        whole.Report(value with { Task = Task ?? value.Task, Done = before + value.Done, Total = total, Detail = Detail ?? value.Detail });
}
