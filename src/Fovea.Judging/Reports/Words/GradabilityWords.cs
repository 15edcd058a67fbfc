using Fovea.Evaluation.Statistics;
using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Words;

/// <summary>What the gradable shares say.</summary>
internal static class GradabilityWords
{
    /// <summary>The sets that have images, in the order in which they are told.</summary>
    public static IEnumerable<GradableRate> Rates(GradabilityJudgement judgement) =>
        new[] { judgement.Generated, judgement.Real, judgement.Reconstructed }.OfType<GradableRate>();

    /// <summary>Generated less each other set; none where one of both is empty.</summary>
    public static IEnumerable<(string From, ProportionDifference Difference)> Differences(GradabilityJudgement judgement)
    {
        if (judgement.Generated.Total == 0)
            yield break;
        if (judgement.Real.Total > 0)
            yield return ("real", judgement.AgainstReal);
        if (judgement.Reconstructed is { Total: > 0 } && judgement.AgainstReconstructed is { } difference)
            yield return ("reconstructed", difference);
    }

    public static string Share(GradableRate rate) => rate.Total == 0 ? Figures.None : Numbers.Share(rate.Share.Value, rate.Share.Interval);

    /// <summary>Only who is known to be one is called an outside judge.</summary>
    public static string Judge(GradabilityJudgement judgement) => judgement.IsOutside switch
    {
        true => "an outside judge",
        false => "not an outside judge",
        null => "not known to be an outside judge",
    };

    public static IEnumerable<string> Sentences(GradabilityJudgement judgement)
    {
        var rates = string.Join(", beside ", Rates(judgement).Select(rate => $"{Share(rate)} of the {rate.Images} images"));
        yield return $"Gradable are {rates}, by the grader {judgement.Grader}, {Judge(judgement)}.";
        foreach (var (from, difference) in Differences(judgement))
            yield return Compared(from, difference);
    }

    private static string Compared(string from, ProportionDifference difference) =>
        difference.Interval.Contains(0)
            ? $"Between the generated and the {from} images there is no measurable difference in gradability: {Numbers.Points(difference)}."
            : $"Of the generated images {(difference.Value < 0 ? "fewer" : "more")} are gradable than of the {from} ones: {Numbers.Points(difference)}.";
}
