using Fovea.Imaging.Datasets;
using Fovea.Judging.Assessment.Results;
using Fovea.Training.Configuration;

namespace Fovea.Judging.Packing;

/// <summary>What a card says.</summary>
/// <param name="Config">The run's settings.</param>
/// <param name="Sizes">Its networks.</param>
/// <param name="Dataset">What it was trained on.</param>
/// <param name="Request">How the check was made.</param>
/// <param name="Judgement">What was found on images of the rounded weights.</param>
/// <param name="Real">Gradability of the held-out photographs.</param>
/// <param name="Grader">The grader's name.</param>
/// <param name="IsGraderOutside">Whether the grader knows none of the training images; null when that cannot be told.</param>
internal sealed record ModelFacts(
    RunConfig Config,
    ModelSizes Sizes,
    ImageDataset Dataset,
    PackRequest Request,
    SetJudgement Judgement,
    GradableRate Real,
    string Grader,
    bool? IsGraderOutside);
