namespace Fovea.Judging.Assessment.Results;

/// <summary>Pictures of a report as PNG. Those with photographs are null where they were not asked for: a retina identifies a person.</summary>
/// <param name="Generated">A grid of generated images.</param>
/// <param name="Real">A grid of real images.</param>
/// <param name="ClosestPairs">Pairs, generated above nearest training image, the nearest first; by the first memorisation judgement.</param>
/// <param name="Reconstructed">Real images above their reconstructions.</param>
public sealed record ReportPictures(byte[]? Generated, byte[]? Real, byte[]? ClosestPairs, byte[]? Reconstructed);
