namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>The angle of a gate: a constant or, with a weight, a factor on that weight.</summary>
/// <param name="Value">Computes the constant or the factor.</param>
/// <param name="Weight">Name of the shared weight, or null.</param>
internal sealed record AngleValue(Func<Frame, double> Value, string? Weight = null);
