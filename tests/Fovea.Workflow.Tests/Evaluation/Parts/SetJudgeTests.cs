using Fovea.Core.Errors;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Results;
using Fovea.Judges.Features;
using Fovea.Tests.Evaluation.Images;

namespace Fovea.Tests.Evaluation.Parts;

public sealed class SetJudgeTests(PhantomImages images)
{
    [Fact]
    public void Judge_HasTheFiguresOfAReport()
    {
        var folder = images.Generated(40);
        var report = Evaluator.Run(images.Request(folder), TestContext.Current.CancellationToken);
        using var judge = new SetJudge(Request());
        var judgement = judge.Judge(folder, copies: true, TestContext.Current.CancellationToken);
        Assert.Equal(report.Features.Select(Figures), judgement.Features.Select(Figures));
        Assert.Equal(
            report.Memorisation.Select(copies => (copies.Space, copies.Report.BelowFirst, copies.Report.BelowFifth)),
            judgement.Memorisation.Select(copies => (copies.Space, copies.Report.BelowFirst, copies.Report.BelowFifth)));
        Assert.Equal(report.Gradability!.Generated.Verdicts, judgement.Gradability!.Verdicts);
        Assert.Equal(report.Gradability.Real.Share, judge.RateReal(TestContext.Current.CancellationToken)!.Share);
    }

    [Fact]
    public void Judge_TooFewImages_AreRefused()
    {
        using var judge = new SetJudge(Request());
        var refusal = Assert.Throws<InputException>(() => judge.Judge(images.Generated(19), copies: false, TestContext.Current.CancellationToken));
        Assert.Contains("19 images; at least 20 are needed", refusal.Message, StringComparison.Ordinal);
    }

    private static (Figure, Figure, Figure, Figure, Figure, Figure, double?) Figures(FeatureJudgement judgement) =>
        (judgement.Frechet, judgement.Kernel, judgement.Precision, judgement.Recall, judgement.Density, judgement.Coverage, judgement.FrechetAtFloor);

    private SetJudgeRequest Request() =>
        new()
        {
            Real = images.Dataset,
            Training = images.Dataset,
            Features = [FeatureNetworks.Shipped],
            Replicates = 10,
            Grader = images.Grader,
            Cache = images.Cache,
        };
}
