namespace Fovea.Judging.Assessment.Results;

/// <summary>What was found of a set of generated images.</summary>
/// <param name="Features">Fidelity and diversity, one for each feature network.</param>
/// <param name="Gradability">How many can be read, with the verdict on each.</param>
/// <param name="Memorisation">Nearness to training images, by each network and by pixels; empty when it was not asked for.</param>
public sealed record SetJudgement(
    IReadOnlyList<FeatureJudgement> Features, GradableRate Gradability, IReadOnlyList<MemorisationJudgement> Memorisation);
