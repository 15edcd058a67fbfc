using Fovea.Evaluation.Statistics;

namespace Fovea.Judging.Features.Fundus;

/// <summary>How well one class or phrase is told.</summary>
/// <param name="Name">The class or the phrase.</param>
/// <param name="Images">Held-out images that have it.</param>
/// <param name="Value">Recall of a class, area under the ROC curve of a phrase.</param>
/// <param name="Interval">95 %: Wilson's of a recall, the bootstrap's of an area.</param>
public sealed record ClassAccuracy(string Name, int Images, double Value, Interval Interval);
