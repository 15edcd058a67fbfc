namespace Fovea.Study.Definitions;

/// <summary>Phantoms that a study draws for itself when no dataset is named.</summary>
/// <param name="Count">Images.</param>
/// <param name="Seed">Seed of the phantoms.</param>
public sealed record StudyPhantoms(int Count, int Seed);
