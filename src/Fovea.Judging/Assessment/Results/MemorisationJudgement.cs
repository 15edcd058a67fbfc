using Fovea.Evaluation.Metrics;

namespace Fovea.Judging.Assessment.Results;

/// <summary>Nearness of generated images to training images in one space.</summary>
/// <param name="Space">A feature network's name, or "pixels" for <see cref="AlignedPixelDistance"/> of the likeliest candidates.</param>
/// <param name="Report">What was found; its distances are in that space's unit.</param>
public sealed record MemorisationJudgement(string Space, MemorisationReport Report);
