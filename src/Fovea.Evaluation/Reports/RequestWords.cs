using Fovea.Evaluation.Results;
using Fovea.Reporting;

namespace Fovea.Evaluation.Reports;

/// <summary>What is said of the classes that were asked for.</summary>
internal static class ClassWords
{
    public static string Sentence(ClassJudgement judgement)
    {
        var (asked, real) = (judgement.Generated.BalancedAccuracy, judgement.Real.BalancedAccuracy);
        var says = asked.Interval is not { } interval ? ""
            : interval.Contains(judgement.Chance) ? ": no measurable difference from guessing"
            : interval.Low > judgement.Chance ? ": the images follow the request" : ": less than guessing";
        return $"Generated images are seen as the class that was asked for with a balanced accuracy of {Numbers.Text(asked)}, guessing "
            + $"{Figures.Number(judgement.Chance)}{says}. "
            + $"Held-out real images are seen as what they are with {Numbers.Text(real)}.";
    }
}

/// <summary>What is said of images and the masks that they were drawn for.</summary>
internal static class MaskWords
{
    /// <summary>The three kinds of pairs.</summary>
    public static IEnumerable<(string Name, FollowedMasks Pairs)> Rows(MaskJudgement judgement) =>
        [("generated, mask asked for", judgement.Generated), ("real, own mask", judgement.Real), ("real, mask of another", judgement.Unlike)];

    /// <summary>"60", and how many were left out.</summary>
    public static string Pairs(FollowedMasks pairs) => pairs.Empty == 0 ? $"{pairs.Pairs}" : $"{pairs.Pairs} ({pairs.Empty} more without vessels)";

    public static IEnumerable<string> Sentences(MaskJudgement judgement)
    {
        var (generated, unlike) = (judgement.Generated.CentreLineDice, judgement.Unlike.CentreLineDice);
        var follows = generated.Interval is { } a && unlike.Interval is { } b && a.Low > b.High;
        yield return $"Between the masks of {judgement.Mask} that were asked for and what a fixed filter finds, clDice is {Numbers.Text(generated)}, of "
            + "real images with their own masks "
            + $"{Numbers.Text(judgement.Real.CentreLineDice)}, with masks of others {Numbers.Text(unlike)}: "
            + $"{(follows ? "the generated images follow their masks" : "it is not shown that generated images follow their masks")}.";
    }
}
