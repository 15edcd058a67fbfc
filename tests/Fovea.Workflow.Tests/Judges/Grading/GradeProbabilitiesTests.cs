using Fovea.Judges.Grading;

namespace Fovea.Tests.Judges.Grading;

public sealed class GradeProbabilitiesTests
{
    [Theory]
    [InlineData(0.6, 0.3, 0.1, QualityGrade.Good, true)]
    [InlineData(0.4, 0.2, 0.4, QualityGrade.Good, true)]
    [InlineData(0.3, 0.5, 0.2, QualityGrade.Usable, true)]
    [InlineData(0.2, 0.55, 0.25, QualityGrade.Usable, false)]
    [InlineData(0.1, 0.45, 0.45, QualityGrade.Usable, false)]
    [InlineData(0.2, 0.3, 0.5, QualityGrade.Reject, false)]
    public void Rule_IsThatOfAutoMorph(double good, double usable, double reject, QualityGrade grade, bool gradable)
    {
        var verdict = new GradeProbabilities(good, usable, reject);
        Assert.Equal((grade, gradable), (verdict.Grade, verdict.IsGradable));
    }
}
