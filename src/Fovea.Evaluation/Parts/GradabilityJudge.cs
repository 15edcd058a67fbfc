using Fovea.Core;
using Fovea.Evaluation.Results;
using Fovea.Judges.Grading;
using Fovea.Judges.Images;

namespace Fovea.Evaluation.Parts;

/// <summary>Counts what can be read.</summary>
/// <param name="grader">The judge.</param>
/// <param name="progress">Told how far it is.</param>
internal sealed class GradabilityJudge(IQualityGrader grader, IProgress<ProgressUpdate>? progress)
{
    private const int Chunk = 256;

    /// <summary>Images that the grader gave no finite numbers for, and so are in no rate: a sentence a set.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>The rate of a set of images.</summary>
    /// <param name="name">What the set is called.</param>
    /// <param name="images">The images, brought to the grader's side the one way.</param>
    /// <param name="cancellation">Stops it.</param>
    public GradableRate Rate(string name, ImageSet images, CancellationToken cancellation)
    {
        var verdicts = new List<GradeProbabilities>(images.Count);
        for (var first = 0; first < images.Count; first += Chunk)
        {
            verdicts.AddRange(grader.Grade(images.At(grader.Side, first, Chunk), cancellation));
            progress?.Report(new ProgressUpdate($"grading, {name}", verdicts.Count, images.Count, "images"));
        }

        int[] left = [.. Enumerable.Range(0, verdicts.Count).Where(k => !verdicts[k].IsKnown)];
        if (left.Length > 0) LeftOut.Add($"the grader: {images.Named(left, name)} no finite grade; left out of its shares");
        verdicts.RemoveAll(verdict => !verdict.IsKnown);
        int Count(QualityGrade grade) => verdicts.Count(verdict => verdict.Grade == grade);
        return new GradableRate(
            name, Count(QualityGrade.Good), Count(QualityGrade.Usable), Count(QualityGrade.Reject), verdicts.Count(verdict => verdict.IsGradable))
        {
            Verdicts = [.. verdicts.Select(verdict => verdict.IsGradable)],
        };
    }
}
