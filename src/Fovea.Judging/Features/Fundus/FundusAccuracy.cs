namespace Fovea.Judging.Features.Fundus;

/// <summary>How well FundusNet solves its tasks on the split 'val'.</summary>
/// <param name="Hash">SHA-256 of the weights' file.</param>
/// <param name="Tasks">The tasks that held-out images have labels of.</param>
public sealed record FundusAccuracy(string Hash, IReadOnlyList<TaskAccuracy> Tasks);
