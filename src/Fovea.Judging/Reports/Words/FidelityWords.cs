using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Words;

/// <summary>What distances and supports say.</summary>
internal static class FidelityWords
{
    // About 95 % of splits of one kind of images lie within so many standard deviations.
    private const double Deviations = 2;

    public static string Floor(FeatureJudgement judgement) => Figures.WithError(judgement.FrechetFloor.Mean, judgement.FrechetFloor.StandardDeviation);

    public static string AtFloor(FeatureJudgement judgement) => judgement.FrechetAtFloor is { } value ? Figures.Number(value) : Figures.None;

    public static string KernelFloor(FeatureJudgement judgement) => Figures.WithError(judgement.KernelFloor.Mean, judgement.KernelFloor.StandardDeviation);

    public static string Limit(FeatureJudgement judgement) =>
        judgement.FrechetLimit is { } limit ? Figures.WithError(limit.Value, limit.StandardError) : Figures.None;

    public static IEnumerable<string> Sentences(FeatureJudgement judgement)
    {
        yield return $"{judgement.Network.FrechetName} is {Numbers.Text(judgement.Frechet)}. {BesideFloor(judgement)}";
        if (judgement.Kernel.Interval is { } kernel)
        {
            yield return kernel.Contains(0)
                ? $"{judgement.Network.KernelName} is {Numbers.Text(judgement.Kernel)}: no measurable difference from 0."
                : $"{judgement.Network.KernelName} is {Numbers.Text(judgement.Kernel)}, "
                    + $"{(kernel.Low > 0 ? "above" : "below")} 0; between halves of the real images it is {KernelFloor(judgement)}.";
        }

        if (judgement.Coverage.Interval is { } coverage)
        {
            var expected = Figures.Number(judgement.ExpectedCoverage);
            yield return coverage.Contains(judgement.ExpectedCoverage)
                ? $"Coverage by {judgement.Network.Name} is {Numbers.Text(judgement.Coverage)}: no measurable difference from the {expected} of like distributions."
                : $"Coverage by {judgement.Network.Name} is {Numbers.Text(judgement.Coverage)}, "
                    + $"{(coverage.High < judgement.ExpectedCoverage ? "less" : "more")} than the {expected} of like distributions.";
        }
    }

    private static string BesideFloor(FeatureJudgement judgement)
    {
        var floor = judgement.FrechetFloor;
        var real = $"real images are {Floor(judgement)} from each other";
        if (judgement.FrechetAtFloor is not { } value)
            return $"With {floor.Images} a side {real}; there are fewer generated images than that, so the two cannot be compared.";
        var beyond = value > floor.Mean + (Deviations * floor.StandardDeviation);
        return $"With {floor.Images} a side it is {Figures.Number(value)} and {real}: "
            + (beyond ? "the generated images are farther than real ones are." : "no measurable difference.");
    }
}
