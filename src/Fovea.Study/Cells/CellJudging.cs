using Fovea.Imaging.Datasets;
using Fovea.Judging.Assessment;

namespace Fovea.Study.Cells;

/// <summary>How a study's images are judged.</summary>
internal static class CellJudging
{
    /// <summary>The judges of a study.</summary>
    /// <param name="context">The study.</param>
    /// <param name="data">The dataset that the generator was trained on.</param>
    public static SetJudgeRequest Request(CellContext context, string data)
    {
        var (judging, sampling) = (context.Plan.Definition.Judging, context.Plan.Definition.Sampling);
        return new SetJudgeRequest
        {
            Real = context.Dataset,
            RealSplit = judging.Split,
            // Beside the training images themselves nearness to them says nothing.
            Training = judging.Split is Split.Val or Split.Test ? data : null,
            Features = judging.Features,
            Grader = judging.Grader,
            Replicates = judging.HalfSamples,
            Cache = context.Features,
            Seed = sampling.Seed,
            Threads = context.Threads,
            Progress = context.Progress,
        };
    }
}
