using Fovea.Evaluation.Reports;
using Fovea.Evaluation.Results;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Evaluation.Reports;

public sealed class EvaluationFindingsTests
{
    [Theory]
    [InlineData(171, 155, "no measurable difference in gradability")]
    [InlineData(100, 171, "Of the generated images fewer are gradable than of the real ones: -45.0 points")]
    public void Gradability_FollowsTheIntervalOfTheDifference(int generated, int real, string words) =>
        Assert.Contains(
            words, Words(EvaluationSamples.Full() with { Gradability = EvaluationSamples.Gradability(generated, real, true) }), StringComparison.Ordinal);

    [Theory]
    [InlineData(true, ", an outside judge.")]
    [InlineData(false, ", not an outside judge.")]
    [InlineData(null, ", not known to be an outside judge.")]
    public void Judge_IsCalledOutsideOnlyWhenKnownToBe(bool? outside, string words)
    {
        var result = EvaluationSamples.Full() with { Gradability = EvaluationSamples.Gradability(150, 171, outside) };
        Assert.Contains(words, Words(result), StringComparison.Ordinal);
        Assert.Contains(
            EvaluationText.Lines(result),
            line => line.StartsWith("Gradable, by FundusGrader", StringComparison.Ordinal)
                && line.EndsWith(words[..^1], StringComparison.Ordinal));
    }

    [Fact]
    public void Distances_AreCalledFidWithInceptionOnly()
    {
        var words = Words(EvaluationSamples.Full());
        Assert.Contains("FD(FundusNet) is 18.4 [16.3, 20.5]", words, StringComparison.Ordinal);
        Assert.Contains("FID is 42.7", words, StringComparison.Ordinal);
        Assert.Contains("KID is 0.0173 [0.0073, 0.0273], above 0", words, StringComparison.Ordinal);
        Assert.Contains("KD(FundusNet) is 0.0061 [-0.0039, 0.0161]: no measurable difference from 0.", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9.9, "no measurable difference.")]
    [InlineData(14.0, "the generated images are farther than real ones are.")]
    [InlineData(null, "cannot be compared.")]
    public void Frechet_IsSetAgainstItsFloor(double? atFloor, string words)
    {
        var feature = EvaluationSamples.Feature("FundusNet", false, 18.4, 0.0061) with { FrechetAtFloor = atFloor };
        Assert.EndsWith(words, FidelityWords.Sentences(feature).First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, "no measurable difference from a generator that copies nothing")]
    [InlineData(60, "more than of a generator that copies nothing")]
    [InlineData(0, "fewer than of a generator that copies nothing")]
    public void Memorisation_FollowsTheShareBelowTheFifthPercentile(int near, string words) =>
        Assert.Contains(words, MemorisationWords.Sentence(EvaluationSamples.Memorisation("FundusNet", near)), StringComparison.Ordinal);

    [Theory]
    [InlineData(3, "area under the ROC curve of 0.512 [0.472, 0.552]: no measurable difference from 0.5, where nothing leaks.")]
    [InlineData(60, "Who was trained on can be guessed.")]
    public void Membership_FollowsItsInterval(int near, string words) =>
        Assert.EndsWith(words, MemorisationWords.Sentences(EvaluationSamples.Memorisation("FundusNet", near)).Last(), StringComparison.Ordinal);

    [Theory]
    [InlineData(84, "95.0 % [90.8, 97.3] of 180 that it has not seen, where guessing has 50 %: the generated images can be told.")]
    [InlineData(6, "no measurable difference from guessing, 50 %.")]
    public void TwoSample_FollowsItsInterval(int found, string words)
    {
        var judgement = EvaluationSamples.Full().TwoSample! with { Generated = new(found, 87, 90) };
        Assert.EndsWith(words, Assert.Single(TwoSampleWords.Sentences(judgement)), StringComparison.Ordinal);
        // Real images that are told from other real ones are a warning.
        Assert.Equal(2, TwoSampleWords.Sentences(judgement with { Real = new(45, 40, 45) }).Count());
    }

    [Theory]
    [InlineData(0.31, "the generated ones have less variety.")]
    [InlineData(0.75, "no measurable loss of variety.")]
    public void Recall_IsSetAgainstRealHalves(double generated, string words)
    {
        var feature = EvaluationSamples.Feature("FundusNet", false, 18.4, 0.0061);
        Assert.EndsWith(
            words,
            VarietyWords.Recall(feature with { SupportFloor = feature.SupportFloor! with { GeneratedRecall = new(generated, 0.04) } }),
            StringComparison.Ordinal);
        Assert.Null(VarietyWords.Recall(feature with { SupportFloor = null }));
    }

    [Fact]
    public void NamedFigures_WithoutAnIntervalSayNothing()
    {
        var sentences = FundusWords.Sentences(EvaluationSamples.Full().Fundus!).ToList();
        Assert.Equal("Generated and real images differ more than as many real ones from others in hue, vesselness and vessel share.", sentences[0]);
        Assert.Equal("There is no measurable difference in disc contrast.", sentences[1]);
    }

    [Fact]
    public void Classifiers_AreSetAgainstGuessing()
    {
        var words = Words(EvaluationSamples.Full());
        Assert.Contains(
            "trained on generated images has a balanced accuracy of 0.530 [0.470, "
                + "0.590]: no measurable difference from guessing, 0.500.",
            words, StringComparison.Ordinal);
        Assert.Contains("trained on real images has a balanced accuracy of 0.810 [0.760, 0.860], more than guessing", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_HaveDigitsAsTheirIntervalsHave()
    {
        Assert.Equal("123 [110, 140]", Numbers.Text(new Figure(123.4, new Interval(110, 140))));
        Assert.Equal("0.000 [-0.500, 0.500]", Numbers.Text(new Figure(-0.0001, new Interval(-0.5, 0.5))));
        Assert.Equal("12.3", Numbers.Text(new Figure(12.34, null)));
        Assert.Equal("–", Numbers.Text(new Figure(double.NaN, null)));
    }

    [Fact]
    public void Lines_AreAlignedAndNameWhatIsMissing()
    {
        var lines = EvaluationText.Lines(EvaluationSamples.Full());
        Assert.StartsWith("warning: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("  KID: No Inception network", StringComparison.Ordinal));
        var rates = lines.Where(line => line.StartsWith("  generated  ", StringComparison.Ordinal) || line.StartsWith("  real  ", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, rates.Count);
        Assert.Equal(rates[0].IndexOf(" %", StringComparison.Ordinal), rates[1].IndexOf(" %", StringComparison.Ordinal));
        Assert.Contains(
            lines, line => line.StartsWith("  recall, Inception ", StringComparison.Ordinal) && line.EndsWith("0.78 ± 0.03", StringComparison.Ordinal));
        Assert.Contains(
            lines,
            line => line.StartsWith("  generated from real ", StringComparison.Ordinal)
                && line.Contains("95.0 % [90.8, 97.3]", StringComparison.Ordinal));
        Assert.Empty(EvaluationText.Lines(EvaluationSamples.Bare()));
    }

    private static string Words(EvaluationResult result) => string.Join('\n', EvaluationFindings.Sentences(result));
}
