namespace Fovea.Evaluation.Metrics;

/// <summary>What <see cref="Memorisation"/> finds.</summary>
/// <param name="GeneratedDistances">Distance of each generated image to the nearest training image.</param>
/// <param name="NearestTraining">Number of that training image.</param>
/// <param name="HeldOutDistances">Distance of each held-out real image to the nearest training image, sorted.</param>
/// <param name="BelowFirst">Generated images as near as the nearest 1 % of the held-out ones.</param>
/// <param name="BelowFifth">The same for the nearest 5 %.</param>
/// <param name="Closest">The closest pairs, nearest first.</param>
public sealed record MemorisationReport(
    IReadOnlyList<double> GeneratedDistances,
    IReadOnlyList<int> NearestTraining,
    IReadOnlyList<double> HeldOutDistances,
    CopyShare BelowFirst,
    CopyShare BelowFifth,
    IReadOnlyList<ClosePair> Closest);
