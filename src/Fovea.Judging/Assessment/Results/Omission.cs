namespace Fovea.Judging.Assessment.Results;

/// <summary>A figure that was not measured.</summary>
/// <param name="What">Which.</param>
/// <param name="Reason">Why, and what would give it.</param>
public sealed record Omission(string What, string Reason);
