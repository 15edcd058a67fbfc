namespace Fovea.Study.Results;

/// <summary>Generated images that are nearer to a training image than most held-out photographs are.</summary>
/// <param name="Space">A feature network's name, or "pixels".</param>
/// <param name="Below5">Nearer than 95 % of the held-out photographs; 5 % are expected of images that are no copies.</param>
/// <param name="Below1">Nearer than 99 % of them.</param>
public sealed record CellCopies(string Space, CellCounts Below5, CellCounts Below1);
