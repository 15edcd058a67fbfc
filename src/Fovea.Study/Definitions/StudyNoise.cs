namespace Fovea.Study.Definitions;

/// <summary>A noise sweep.</summary>
/// <param name="Arms">The arms; each must hold circuits.</param>
/// <param name="Size">The training size whose cells are swept, by name.</param>
/// <param name="Profiles">Devices: shipped names or files.</param>
/// <param name="Scales">Factors on their noise, above 0.</param>
/// <param name="Count">Images a level: the first ones of the cell.</param>
public sealed record StudyNoise(IReadOnlyList<string> Arms, string Size, IReadOnlyList<string> Profiles, IReadOnlyList<double> Scales, int Count);
