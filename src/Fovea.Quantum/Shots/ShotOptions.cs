namespace Fovea.Quantum.Shots;

/// <summary>How expectation values are estimated from measurements.</summary>
/// <param name="Shots">Measurements of the whole circuit for every sample, at least 1.</param>
/// <param name="Seed">Seed of the outcomes.</param>
/// <param name="MitigateReadout">
/// Whether each wire's known confusion is inverted: unbiased, with a variance that grows by 1/contrast² a wire.
/// </param>
public sealed record ShotOptions(int Shots, ulong Seed = 0, bool MitigateReadout = false);
