namespace Fovea.Study.Definitions;

/// <summary>How cells are sampled.</summary>
/// <param name="Count">Images a cell.</param>
/// <param name="Seed">Image k of every cell begins from the same noise.</param>
/// <param name="Grid">Images in the small picture that goes with a cell's result; a square number.</param>
public sealed record StudySampling(int Count, int Seed, int Grid);
