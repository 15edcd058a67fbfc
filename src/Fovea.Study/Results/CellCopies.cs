namespace Fovea.Study.Results;

/// <summary>Generated images that are nearer to a training image than most held-out photographs are.</summary>
/// <param name="Space">A feature network's name, or "pixels".</param>
/// <param name="Below5">As near as the nearest 5 % of the held-out photographs.</param>
/// <param name="Below1">As near as the nearest 1 %.</param>
/// <param name="Expected5">The share of images as near as <paramref name="Below5"/> counts that is expected of images that are no copies; null in older cells, whose threshold was an
/// interpolated quantile.</param>
/// <param name="Expected1">The same for <paramref name="Below1"/>.</param>
public sealed record CellCopies(string Space, CellCounts Below5, CellCounts Below1, double? Expected5 = null, double? Expected1 = null);
