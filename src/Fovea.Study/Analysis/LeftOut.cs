namespace Fovea.Study.Analysis;

/// <summary>A comparison that could not be made.</summary>
/// <param name="Size">The training size, by name.</param>
/// <param name="What">The metric's name, or what else was to be compared.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record LeftOut(string Size, string What, string Reason);
