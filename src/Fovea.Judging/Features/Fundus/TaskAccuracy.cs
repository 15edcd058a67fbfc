using Fovea.Evaluation.Statistics;

namespace Fovea.Judging.Features.Fundus;

/// <summary>How well a task is solved on held-out images.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Figure">"balanced accuracy" (mean recall of the classes) or "mean AUROC" of the phrases; over those that some image has.</param>
/// <param name="Images">Held-out images with a label of the task.</param>
/// <param name="Value">The figure.</param>
/// <param name="Interval">95 % of the bootstrap over images. Eyes of one patient are alike, so it is a little narrow.</param>
/// <param name="Classes">The classes or phrases that it is the mean of.</param>
public sealed record TaskAccuracy(string Task, string Figure, int Images, double Value, Interval Interval, IReadOnlyList<ClassAccuracy> Classes);
