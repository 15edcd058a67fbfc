namespace Fovea.Judging.Grading;

/// <summary>A grader's verdict on one image.</summary>
/// <param name="Good">Probability of <see cref="QualityGrade.Good"/>.</param>
/// <param name="Usable">Probability of <see cref="QualityGrade.Usable"/>.</param>
/// <param name="Reject">Probability of <see cref="QualityGrade.Reject"/>.</param>
public readonly record struct GradeProbabilities(double Good, double Usable, double Reject)
{
    // AutoMorph's rule (Zhou et al. 2022): a usable image counts only when a reject is unlikely.
    private const double MostReject = 0.25;

    /// <summary>Whether the grader gave finite numbers; without them there is no grade.</summary>
    public bool IsKnown => double.IsFinite(Good + Usable + Reject);

    /// <summary>The most probable grade; the better one of equals.</summary>
    public QualityGrade Grade => Good >= Usable && Good >= Reject ? QualityGrade.Good : Usable >= Reject ? QualityGrade.Usable : QualityGrade.Reject;

    /// <summary>Gradable: good, or usable with P(reject) below 0.25 (the rule of AutoMorph). Stricter than "good or usable".</summary>
    public bool IsGradable => Grade == QualityGrade.Good || (Grade == QualityGrade.Usable && Reject < MostReject);
}
