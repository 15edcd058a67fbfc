namespace Fovea.Study.Results;

/// <summary>How many images of a set have a property.</summary>
/// <param name="Hits">Those that have it.</param>
/// <param name="Total">Images in all.</param>
public sealed record CellCounts(int Hits, int Total);
