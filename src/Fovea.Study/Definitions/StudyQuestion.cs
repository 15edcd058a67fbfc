namespace Fovea.Study.Definitions;

/// <summary>A comparison of two arms.</summary>
/// <param name="Title">What it asks, in words.</param>
/// <param name="Arm">The arm asked about.</param>
/// <param name="Against">The arm that it is compared with.</param>
public sealed record StudyQuestion(string Title, string Arm, string Against);
