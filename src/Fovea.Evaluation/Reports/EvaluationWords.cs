using System.Globalization;
using Fovea.Evaluation.Results;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Statistics;
using Fovea.Reporting;

namespace Fovea.Evaluation.Reports;

/// <summary>What the numbers say, in sentences made by fixed rules.</summary>
internal static class EvaluationFindings
{
    public static IReadOnlyList<string> Sentences(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            .. result.Features.Select(VarietyWords.Recall).OfType<string>(),
            .. result.TwoSample is { } told ? TwoSampleWords.Sentences(told) : [],
            .. result.Gradability is { } gradability ? GradabilityWords.Sentences(gradability) : [],
            .. result.Features.SelectMany(FidelityWords.Sentences),
            .. result.Fundus is { } fundus ? FundusWords.Sentences(fundus) : [],
            .. result.Masks is { } masks ? MaskWords.Sentences(masks) : [],
            .. result.Memorisation.Count > 0
                ? result.Memorisation.SelectMany(MemorisationWords.Sentences)
                : ["Whether the generator copies its training images was not measured."],
            .. result.Classes is { } classes ? [ClassWords.Sentence(classes)] : Array.Empty<string>(),
            .. result.Downstream is { } downstream ? DownstreamWords.Sentences(downstream) : [],
            .. result.Segmenter is { } segmenter ? SegmenterWords.Sentences(segmenter) : [],
            .. result.Omissions.Count > 0 ? [$"Not measured: {Phrases.Join([.. result.Omissions.Select(omission => omission.What)])}."] : Array.Empty<string>(),
        ];
    }
}

/// <summary>What classifiers trained on generated images say.</summary>
internal static class DownstreamWords
{
    public static IEnumerable<string> Sentences(DownstreamJudgement judgement) =>
        judgement.Rows.Select(row =>
            $"A classifier trained on {(row.TrainedOn == "both" ? "real and generated" : row.TrainedOn)} images has a balanced accuracy of "
                + $"{Numbers.Text(row.BalancedAccuracy)}"
                + $"{Beside(row.BalancedAccuracy, judgement.Chance)}.");

    private static string Beside(Figure accuracy, double chance) =>
        accuracy.Interval is not { } interval ? $", guessing {Figures.Number(chance)}"
            : interval.Contains(chance) ? $": no measurable difference from guessing, {Figures.Number(chance)}"
            : $", {(interval.Low > chance ? "more" : "less")} than guessing, {Figures.Number(chance)}";
}

/// <summary>What segmenters trained on generated images say.</summary>
internal static class SegmenterWords
{
    public static IEnumerable<string> Sentences(SegmenterJudgement judgement) =>
        judgement.Rows.Select(row =>
            $"A segmenter of {judgement.Mask} trained on {(row.TrainedOn == "both" ? "real and generated" : row.TrainedOn)} images "
                + $"has a mean Dice of {Numbers.Text(row.Dice)} on held-out real images.");
}

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
                ? $"Coverage by {judgement.Network.Name} is {Numbers.Text(judgement.Coverage)}: no measurable difference from the "
                    + $"{expected} of like distributions."
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

/// <summary>What networks that were taught to tell generated from real images say.</summary>
internal static class TwoSampleWords
{
    /// <summary>The tests that there are.</summary>
    public static IEnumerable<(string Name, TwoSampleAccuracy Accuracy)> Rows(TwoSampleJudgement judgement)
    {
        yield return ("generated from real", judgement.Generated);
        if (judgement.Real is { } real) yield return ("real from other real", real);
    }

    public static string Share(TwoSampleAccuracy accuracy) => Numbers.Share(accuracy.Value, accuracy.Interval);

    /// <summary>"0.031", and no number where it is too small to mean anything as one.</summary>
    public static string PValue(TwoSampleAccuracy accuracy) => accuracy.PValue < 1e-4 ? "below 0.0001" : Figures.Number(accuracy.PValue, 2);

    public static IEnumerable<string> Sentences(TwoSampleJudgement judgement)
    {
        var accuracy = judgement.Generated;
        var found = $"A small network that was taught to tell generated from real images is right about {Share(accuracy)} "
            + $"of {accuracy.Total} that it has not seen";
        yield return accuracy.Interval.Contains(TwoSampleAccuracy.Chance)
            ? $"{found}: no measurable difference from guessing, 50 %."
            : accuracy.Value > TwoSampleAccuracy.Chance
                ? $"{found}, where guessing has 50 %: the generated images can be told."
                : $"{found}: less than guessing, 50 %, which is chance, or a fault of the halves.";
        if (judgement.Real is { } real && !real.Interval.Contains(TwoSampleAccuracy.Chance))
        {
            yield return $"Real images are told from other real ones with {Share(real)}, where 50 % are expected: the real images are no sample of one kind, "
                + "or this is the one time in twenty.";
        }
    }
}

/// <summary>What recall says beside real halves. Of coverage there is a sentence with the distances.</summary>
internal static class VarietyWords
{
    private const double Deviations = 2;

    public static string Halves(MeanOfSplits? mean) => mean is { } value ? Figures.WithError(value.Mean, value.StandardDeviation) : Figures.None;

    /// <summary>Null without halves.</summary>
    public static string? Recall(FeatureJudgement judgement)
    {
        if (judgement.SupportFloor is not { } floor) return null;
        var all = $"Recall by {judgement.Network.Name}, the share of real images that lie among generated ones, is {Numbers.Text(judgement.Recall)}.";
        var isLess = floor.GeneratedRecall.Mean < floor.RealRecall.Mean - (Deviations * floor.RealRecall.StandardDeviation);
        return $"{all} With {floor.Images} images a side it is {Halves(floor.GeneratedRecall)}, and {Halves(floor.RealRecall)} of other real images: "
            + $"{(isLess ? "the generated ones have less variety" : "no measurable loss of variety")}.";
    }
}

/// <summary>What the figures with names say.</summary>
internal static class FundusWords
{
    /// <summary>Whether as many other real images may differ as much; null where no interval tells.</summary>
    public static bool? IsAtFloor(FundusFigure figure) =>
        figure.Distance is { Interval: { } interval, Value: var value } ? figure.AtFloor - (value - interval.Low) <= figure.Floor : null;

    public static string Verdict(FundusFigure figure) =>
        IsAtFloor(figure) switch { true => "no measurable difference", false => "beyond the floor", null => Figures.None };

    public static IEnumerable<string> Sentences(FundusJudgement fundus)
    {
        string[] differ = [.. fundus.Figures.Where(figure => IsAtFloor(figure) == false).Select(figure => figure.Name)];
        string[] alike = [.. fundus.Figures.Where(figure => IsAtFloor(figure) == true).Select(figure => figure.Name)];
        if (differ.Length > 0)
            yield return $"Generated and real images differ more than as many real ones from others in {Phrases.Join(differ)}.";
        if (alike.Length > 0)
            yield return $"There is no measurable difference in {Phrases.Join(alike)}.";
    }
}

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

/// <summary>What nearness to training images says.</summary>
internal static class MemorisationWords
{
    private const double Nothing = 0.5;

    public static string Share(CopyShare share) => Numbers.Share(share.Share, share.Interval);

    /// <summary>"0.512 [0.470, 0.554]".</summary>
    public static string Area(RocArea area) => Numbers.Text(new Figure(area.Value, area.Interval));

    /// <summary>"0.98 [0.91, 1.05]", of a ratio of quantiles.</summary>
    public static string Ratio(RecordQuantile? quantile) => quantile?.Ratio is { } ratio ? Numbers.Text(new Figure(ratio, quantile.Interval)) : Figures.None;

    public static IEnumerable<string> Sentences(MemorisationJudgement judgement)
    {
        yield return Sentence(judgement);
        if (judgement.Report.Membership is not { Area: { } area }) yield break;
        var found = $"By {judgement.Space}, training images are told from held-out ones by their nearest generated image with an area "
            + $"under the ROC curve of {Area(area)}";
        yield return area.Interval.Contains(Nothing)
            ? $"{found}: no measurable difference from 0.5, where nothing leaks."
            : area.Value > Nothing
                ? $"{found}: more than the 0.5 of nothing that leaks. Who was trained on can be guessed."
                : $"{found}: less than the 0.5 of nothing that leaks; training and held-out images may be of different kinds.";
    }

    /// <summary>By the nearest 5 %: of the nearest 1 % there are hardly enough images to tell.</summary>
    public static string Sentence(MemorisationJudgement judgement)
    {
        var share = judgement.Report.BelowFifth;
        var expected = Numbers.Percentile(share.Expected);
        var found = $"By {judgement.Space}, {Share(share)} of the generated images lie as near to a training image as {expected} of the held-out ones do";
        return share.Interval.Contains(share.Expected)
            ? $"{found}: no measurable difference from a generator that copies nothing."
            : share.Interval.Low > share.Expected
                ? $"{found}: more than of a generator that copies nothing. Look at the nearest pairs."
                : $"{found}: fewer than of a generator that copies nothing, as of images unlike all real ones.";
    }
}

/// <summary>Numbers with their intervals, for readers.</summary>
internal static class Numbers
{
    /// <summary>"12.3 [10.1, 14.9]": all with as many decimals as give the largest three digits.</summary>
    public static string Text(Figure figure)
    {
        if (figure.Interval is not { } interval || !double.IsFinite(interval.Low) || !double.IsFinite(interval.High) || !double.IsFinite(figure.Value))
            return Figures.Number(figure.Value);
        var largest = new[] { figure.Value, interval.Low, interval.High }.Max(Math.Abs);
        var decimals = largest == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(largest)), 0, 9);
        return $"{Figures.Fixed(figure.Value, decimals)} [{Figures.Fixed(interval.Low, decimals)}, {Figures.Fixed(interval.High, decimals)}]";
    }

    /// <summary>"87.5 % [82.2, 91.4]".</summary>
    public static string Share(double share, Interval? interval) => Percent(share) + Ends(interval);

    /// <summary>"-4.5 points [-10.1, 1.2]", of a hundred.</summary>
    public static string Points(ProportionDifference difference) => $"{Figures.Fixed(100 * difference.Value, 1)} points{Ends(difference.Interval)}";

    /// <summary>"12.3 %".</summary>
    public static string Percent(double share) => double.IsFinite(share) ? Figures.Fixed(100 * share, 1) + " %" : Figures.None;

    /// <summary>"5 %", of a percentile.</summary>
    public static string Percentile(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>"0.123 ± 0.004".</summary>
    public static string Text(PairMean mean) => Figures.WithError(mean.Mean, mean.StandardError);

    private static string Ends(Interval? interval) => interval is { } ends ? $" [{Figures.Fixed(100 * ends.Low, 1)}, {Figures.Fixed(100 * ends.High, 1)}]" : "";
}
