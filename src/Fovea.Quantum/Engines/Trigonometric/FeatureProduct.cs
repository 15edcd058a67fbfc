namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>A feature that is the product of two features made before it.</summary>
/// <param name="Result">Its index.</param>
/// <param name="Left">Index of one factor.</param>
/// <param name="Right">Index of the other.</param>
internal readonly record struct FeatureProduct(int Result, int Left, int Right);
