using Fovea.Evaluation.Metrics;
using Fovea.Judging.Assessment.Results;
using Fovea.Study.Results;
using Fovea.Training.Sweeps;

namespace Fovea.Study.Cells;

/// <summary>What judges found, as a cell's result keeps it.</summary>
internal static class CellFigures
{
    public static CellFigure Of(Figure figure) => new(figure.Value, figure.Interval?.Low, figure.Interval?.High);

    /// <summary>The mean over images with its interval.</summary>
    public static CellFigure MeanOf(IReadOnlyCollection<double> values)
    {
        var mean = MeanInterval.Of(values);
        return values.Count > 1 ? new(mean.Mean, mean.Mean - mean.HalfWidth, mean.Mean + mean.HalfWidth) : new(mean.Mean);
    }

    public static CellDistances Of(FeatureJudgement judgement) => new()
    {
        Network = judgement.Network.Name,
        NetworkHash = judgement.Network.Hash,
        Frechet = Of(judgement.Frechet),
        FrechetFloor = new(judgement.FrechetFloor.Mean),
        Kernel = Of(judgement.Kernel),
        Precision = Of(judgement.Precision),
        Recall = Of(judgement.Recall),
        Density = Of(judgement.Density),
        Coverage = Of(judgement.Coverage),
    };

    public static CellCopies Of(MemorisationJudgement judgement)
    {
        var (fifth, first) = (judgement.Report.BelowFifth, judgement.Report.BelowFirst);
        return new(judgement.Space, Of(fifth), Of(first), fifth.Expected, first.Expected);
    }

    public static CellCounts Of(GradableRate rate) => new(rate.Gradable, rate.Total);

    /// <summary>One character an image.</summary>
    public static string Bits(GradableRate rate) => string.Concat(rate.Verdicts.Select(gradable => gradable ? '1' : '0'));

    private static CellCounts Of(CopyShare share) => new(share.Count, share.Total);
}
