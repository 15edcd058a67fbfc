using System.Collections.Immutable;

namespace Fovea.Quantum.Engines;

/// <summary>Expectation values estimated from trajectories.</summary>
/// <param name="Means">[output].</param>
/// <param name="StandardErrors">[output]: standard deviation of the mean, from the spread of the trajectories.</param>
/// <param name="Trajectories">How many.</param>
public sealed record TrajectoryEstimate(ImmutableArray<double> Means, ImmutableArray<double> StandardErrors, int Trajectories);
