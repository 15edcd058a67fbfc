using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics.Statistics;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Tests.Study;

public sealed class StudyAnalysisTests
{
    private const int Repetitions = 200;

    private static readonly IReadOnlyDictionary<string, string> s_none = new Dictionary<string, string>();

    private static readonly BootstrapOptions s_quick = new() { Replicates = 400 };

    [Theory]
    [InlineData(5, 0.0)] // single images differ, trainings do not
    [InlineData(5, 0.1)] // the share itself scatters by a tenth from training to training
    [InlineData(3, 0.0)]
    [InlineData(3, 0.1)]
    public void Of_ArmsOfOneDistribution_AreCalledDifferentSeldom(int seeds, double bySeed)
    {
        var (gradable, frechet) = (0, 0);
        for (var run = 0; run < Repetitions; run++)
        {
            var random = new CounterRandom(21, (ulong)run);
            var question = Analyse(
                [.. Enumerable.Range(0, seeds)
                    .SelectMany(seed => new[] { "classical", "quantum" }.Select(arm => Draw(arm, seed, 0.5, 40, bySeed, random)))]).Comparisons[0];
            gradable += IsDifferent(Find(question, StudyMetrics.Gradable)) ? 1 : 0;
            frechet += IsDifferent(Find(question, StudyMetrics.Frechet)) ? 1 : 0;
        }

        // 5 % of 200 is 10; a binomial number of that mean exceeds 20 with a probability of 0.001.
        Assert.InRange(gradable, 0, 20);
        Assert.InRange(frechet, 1, 20);
    }

    [Fact]
    public void Of_PlantedDifference_IsFoundWithItsSign()
    {
        var random = new CounterRandom(22, 0);
        var question = Analyse(
            [
                .. Enumerable.Range(0, 5).SelectMany(
                    seed => new[] { Draw("classical", seed, 0.4, 45, 0.03, random), Draw("quantum", seed, 0.65, 38, 0.03, random) }),
            ]).Comparisons[0];
        Assert.Equal(Verdict.Better, Find(question, StudyMetrics.Gradable).Verdict);
        Assert.Equal(Verdict.Better, Find(question, StudyMetrics.Frechet).Verdict);
        Assert.True(Find(question, StudyMetrics.Frechet).Difference < 0);
        Assert.Equal(0.0625, Find(question, StudyMetrics.Frechet).SignedRank!.Value.PValue, 1e-12);
        Assert.True(Find(question, StudyMetrics.Gradable).HolmPValue >= Find(question, StudyMetrics.Gradable).PValue);
    }

    [Fact]
    public void Of_EqualCells_DifferByExactlyNothing()
    {
        var question = Analyse(
            [.. new[] { 0, 1, 2 }.SelectMany(seed => new[] { "classical", "quantum" }.Select(
                arm => CraftedStudy.Cell(arm, seed, CraftedStudy.Bits(90 + seed), 40.1 + seed)))]).Comparisons[0];
        Assert.All(question.Comparisons, comparison => Assert.Equal((0.0, Verdict.NoMeasurableDifference), (comparison.Difference, comparison.Verdict)));
    }

    [Fact]
    public void Of_DifferencesThatHappenToAgree_HaveNoTestOverSeeds()
    {
        // 4/200 − 3/200 and 10/200 − 9/200 differ in the last bit.
        (int Seed, int Hits)[] seeds = [(0, 3), (1, 9), (2, 120)];
        var question = Analyse(
            [.. seeds.SelectMany(item => new[]
            {
                CraftedStudy.Cell("classical", item.Seed, CraftedStudy.Bits(item.Hits), 40.1 + item.Seed),
                CraftedStudy.Cell("quantum", item.Seed, CraftedStudy.Bits(item.Hits + 1), 40.3 + item.Seed),
            })]).Comparisons[0];
        var (gradable, frechet) = (Find(question, StudyMetrics.Gradable), Find(question, StudyMetrics.Frechet));
        Assert.Equal((null, null, null, null), (frechet.PValue, frechet.HolmPValue, frechet.EffectSize, frechet.Interval));
        Assert.Equal((null, null), (gradable.PValue, gradable.EffectSize));
        Assert.Equal(Verdict.NoMeasurableDifference, gradable.Verdict);
        Assert.Equal(0.25, frechet.SignedRank!.Value.PValue, 1e-12);
    }

    [Fact]
    public void Of_ThreeSeeds_GradableIntervalIsAtLeastStudents()
    {
        (int Seed, int Gained)[] seeds = [(0, 50), (1, 20), (2, 20)];
        var question = Analyse(
            [.. seeds.SelectMany(item => new[]
            {
                CraftedStudy.Cell("classical", item.Seed, CraftedStudy.Bits(80), 40),
                CraftedStudy.Cell("quantum", item.Seed, CraftedStudy.Bits(80 + item.Gained), 40),
            })]).Comparisons[0];
        var (found, student) = (Find(question, StudyMetrics.Gradable).Interval!.Value, StudentInterval.Estimate([0.25, 0.1, 0.1]).Interval);
        Assert.InRange(found.Low, double.NegativeInfinity, student.Low + 1e-12);
        Assert.InRange(found.High, student.High - 1e-12, double.PositiveInfinity);
        Assert.True(found.Low < 0, "Student's test has p = 0.095 here: the interval must hold 0");
    }

    [Fact]
    public void Of_ArmsWithOtherTargets_HaveLossesThatAreNotCompared()
    {
        var definition = CraftedStudy.Definition([0]);
        definition = definition with { Arms = [definition.Arms[0], definition.Arms[1] with { Set = ["diffusion.prediction=epsilon"] }, definition.Arms[2]] };
        var first = CraftedStudy.Cell("classical", 0, CraftedStudy.Bits(80), 40);
        var second = CraftedStudy.Cell("quantum", 0, CraftedStudy.Bits(80), 40) with { AutoencoderHash = first.AutoencoderHash };
        var question = StudyAnalysis.Analyze(definition, [first, second], s_none, s_quick).Comparisons[0];
        Assert.Contains(
            question.LeftOut, left => left.What == "held-out denoising loss" && left.Reason.Contains("diffusion settings", StringComparison.Ordinal));
        // The same settings in other words are the same.
        StudyArm As(int arm, params string[] set) => definition.Arms[arm] with { Set = set };
        definition = definition with
        {
            Arms =
            [
                As(0, "diffusion.prediction=epsilon", "diffusion.timesteps=100"), As(1, "diffusion.timesteps = 100", " diffusion.prediction = epsilon"),
                definition.Arms[2],
            ],
        };
        Assert.DoesNotContain(
            StudyAnalysis.Analyze(definition, [first, second], s_none, s_quick).Comparisons[0].LeftOut, left => left.What == "held-out denoising loss");
    }

    // Three seeds that share an autoencoder have one figure of it, and no interval over seeds.
    [Fact]
    public void Arm_SeedsOfOneAutoencoder_AreOneSampleOfIt()
    {
        CellResult[] cells = [.. new[] { 0, 1, 2 }.Select(seed => CraftedStudy.Cell("classical", seed, CraftedStudy.Bits(80), 40))];
        var shared = Analyse([.. cells.Select(cell => cell with { AutoencoderHash = "one" })]);
        var psnr = shared.Metrics.Single(metric => metric.Key == "psnr");
        Assert.Equal(psnr.Read(cells[0]), shared.Arms[0].Of(psnr));
        var apart = Analyse(cells).Arms[0];
        Assert.NotEqual(psnr.Read(cells[0]), apart.Of(psnr));
    }

    [Fact]
    public void Of_OneSeed_HasIntervalsOverImagesAndNoTest()
    {
        var question = Analyse([CraftedStudy.Cell("classical", 0, CraftedStudy.Bits(80), 40), CraftedStudy.Cell("quantum", 0, CraftedStudy.Bits(120), 42)])
            .Comparisons[0];
        var frechet = Find(question, StudyMetrics.Frechet);
        Assert.Equal((IntervalMethod.Images, null, null), (frechet.Method, frechet.PValue, frechet.HolmPValue));
        // Both intervals are ± 2: √(4 + 4).
        Assert.Equal(2 - Math.Sqrt(8), frechet.Interval!.Value.Low, 1e-12);
        Assert.Equal(IntervalMethod.Images, Find(question, StudyMetrics.Gradable).Method);
        Assert.Equal(0.2, Find(question, StudyMetrics.Gradable).Difference, 1e-12);
    }

    [Fact]
    public void Of_UnlikeJudgesOrAutoencoders_AreNotCompared()
    {
        var first = CraftedStudy.Cell("classical", 0, CraftedStudy.Bits(80), 40);
        var second = CraftedStudy.Cell("quantum", 0, CraftedStudy.Bits(80), 40);
        var other = second with { Gradability = second.Gradability! with { GraderHash = "another" } };
        var question = Analyse([first, other]).Comparisons[0];
        Assert.Contains(question.LeftOut, left => left is { What: "gradable share", Reason: "the cells were judged by different graders" });
        Assert.Contains(question.LeftOut, left => left.What == "held-out denoising loss");
        var shared = Analyse([first, second with { AutoencoderHash = first.AutoencoderHash }]).Comparisons[0];
        Assert.Contains(shared.Comparisons, comparison => comparison.Metric.Key == "held_out_loss");
        Assert.Contains(shared.LeftOut, left => left is { What: "PSNR of reconstructions", Reason: "both arms have the same autoencoders" });
    }

    [Fact]
    public void Of_NoiseSweep_IsComparedWithTheIdealCircuits()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        var noise = StudyAnalysis.Analyze(definition, cells, failures, s_quick).Noise;
        Assert.Equal(["", "heavy-hex", "heavy-hex", "trapped-ion", "trapped-ion"], noise.Select(level => level.Profile));
        Assert.Null(noise[0].AgainstIdeal);
        Assert.All(noise.Skip(1), level => Assert.Equal(level.Gradable!.Value - noise[0].Gradable!.Value, level.AgainstIdeal!.Difference, 1e-12));
    }

    [Fact]
    public void Of_NothingFinishedOrTwice_IsRefusedInOneLine()
    {
        var nothing = Assert.Throws<InputException>(() => StudyAnalysis.Analyze(CraftedStudy.Definition([0]), [], s_none));
        Assert.Contains("none of its 3 cells is finished", nothing.Message);
        var cell = CraftedStudy.Cell("quantum", 0, CraftedStudy.Bits(1), 1);
        Assert.Throws<InputException>(() => StudyAnalysis.Analyze(CraftedStudy.Definition([0]), [cell, cell with { Cell = "again" }], s_none));
    }

    private static StudyAnalysis Analyse(IReadOnlyList<CellResult> cells) =>
        StudyAnalysis.Analyze(CraftedStudy.Definition([.. cells.Select(cell => cell.Seed).Distinct()]), cells, s_none, s_quick);

    private static CellResult Draw(string arm, int seed, double share, double frechet, double bySeed, CounterRandom random) =>
        CraftedStudy.Cell(arm, seed, CraftedStudy.Random(Math.Clamp(share + bySeed * random.NextNormal(), 0, 1), random, 100), frechet + random.NextNormal());

    private static PairedComparison Find(StudyComparison question, string key) => question.Comparisons.First(comparison => comparison.Metric.Key == key);

    private static bool IsDifferent(PairedComparison comparison) => comparison.Verdict is not (Verdict.NoMeasurableDifference or Verdict.Unknown);
}
