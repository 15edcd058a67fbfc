namespace Fovea.Core;

/// <summary>One report of long work.</summary>
/// <param name="Task">What is being done, in two or three words.</param>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all; 0 when not known.</param>
/// <param name="Unit">The unit's name in the plural: files, steps, images.</param>
/// <param name="Detail">Figures beside the bar (losses, skipped files); may be empty.</param>
public readonly record struct ProgressUpdate(string Task, long Done, long Total, string Unit, string Detail = "");
